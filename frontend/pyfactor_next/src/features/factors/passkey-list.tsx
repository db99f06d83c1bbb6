"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { canUsePasskeys, createPasskey } from "@/features/auth";
import { AlertDialog } from "@/ui/alert-dialog";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { FactorRow, passkeyIcon, useSince } from "./factor-cards";
import type { Passkey } from "./queries";
import { useFactorChange } from "./use-factor-change";

interface PasskeyListProps {
  passkeys: Passkey[];
  onCodes: (codes: string[]) => void;
}

/** The person's passkeys, and a way to another one. */
export function PasskeyList({ passkeys, onCodes }: PasskeyListProps) {
  const t = useTranslations("settings.factors");
  const [isNaming, setNaming] = useState(false);
  return (
    <Card title={t("passkeys")} description={t("passkeysDescription")}>
      <ul className="flex flex-col gap-3">
        {passkeys.map((passkey) => (
          <li key={passkey.id}>
            <PasskeyRow passkey={passkey} />
          </li>
        ))}
        <li>
          <FactorRow
            icon={passkeyIcon}
            title={t(passkeys.length > 0 ? "passkeyAnother" : "passkeysNone")}
            detail={t(canUsePasskeys() ? "passkeyWhere" : "passkeysImpossible")}
          >
            <Button size="sm" disabled={!canUsePasskeys()} onClick={() => setNaming(true)}>
              {t("passkeyAdd")}
            </Button>
          </FactorRow>
        </li>
      </ul>
      {isNaming ? <AddPasskey onClose={() => setNaming(false)} onCodes={onCodes} /> : null}
    </Card>
  );
}

function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const t = useTranslations("settings.factors");
  const since = useSince();
  const [isRenaming, setRenaming] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const remove = useFactorChange(
    () =>
      djangoApi.delete("/api/auth/factors/passkeys/{passkey_id}/", {
        path: { passkey_id: passkey.id },
      }),
    t("passkeyRemoved", { name: passkey.name }),
  );
  return (
    <FactorRow icon={passkeyIcon} title={passkey.name} detail={since(passkey)}>
      <Button
        size="sm"
        variant="ghost"
        aria-label={t("passkeyRenameLabel", { name: passkey.name })}
        onClick={() => setRenaming(true)}
      >
        {t("passkeyRename")}
      </Button>
      <Button
        size="sm"
        busy={remove.isPending}
        aria-label={t("passkeyRemoveLabel", { name: passkey.name })}
        onClick={() => setRemoving(true)}
      >
        {t("passkeyRemove")}
      </Button>
      {isRenaming ? <RenamePasskey passkey={passkey} onClose={() => setRenaming(false)} /> : null}
      <AlertDialog
        open={isRemoving}
        onOpenChange={setRemoving}
        title={t("passkeyRemoveTitle", { name: passkey.name })}
        description={t("removeDescription")}
        confirmLabel={t("passkeyRemove")}
        danger
        onConfirm={() => {
          setRemoving(false);
          remove.mutate();
        }}
      />
    </FactorRow>
  );
}

function AddPasskey({
  onClose,
  onCodes,
}: {
  onClose: () => void;
  onCodes: (codes: string[]) => void;
}) {
  const t = useTranslations("settings.factors");
  const [name, setName] = useState("");
  const add = useFactorChange(
    async () => {
      const { publicKey } = await djangoApi.post("/api/auth/factors/passkeys/begin/", undefined);
      const credential = await createPasskey(publicKey);
      if (!credential) return false;
      return djangoApi.post("/api/auth/factors/passkeys/", { name: name.trim(), credential });
    },
    t("passkeyAdded"),
    (answer) => {
      onClose();
      if (answer) onCodes(answer.recovery_codes);
    },
  );
  return (
    <NameDialog
      title={t("passkeyAddTitle")}
      description={t("passkeyAddDescription")}
      submitLabel={t("passkeyGoOn")}
      name={name}
      onName={setName}
      isBusy={add.isPending}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    />
  );
}

function RenamePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const t = useTranslations("settings.factors");
  const [name, setName] = useState(passkey.name);
  const rename = useFactorChange(
    () =>
      djangoApi.patch(
        "/api/auth/factors/passkeys/{passkey_id}/",
        { name: name.trim() },
        { path: { passkey_id: passkey.id } },
      ),
    t("passkeyRenamed"),
    onClose,
  );
  return (
    <NameDialog
      title={t("passkeyRenameTitle")}
      submitLabel={t("passkeyRename")}
      name={name}
      onName={setName}
      isBusy={rename.isPending}
      onSubmit={() => rename.mutate()}
      onClose={onClose}
    />
  );
}

interface NameDialogProps {
  title: string;
  description?: string;
  submitLabel: string;
  name: string;
  onName: (name: string) => void;
  isBusy: boolean;
  onSubmit: () => void;
  onClose: () => void;
}

function NameDialog(props: NameDialogProps) {
  const t = useTranslations("settings.factors");
  const id = useId();
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
      title={props.title}
      description={props.description}
      width="sm:max-w-sm"
      footer={
        <Button
          type="submit"
          form={id}
          variant="primary"
          busy={props.isBusy}
          disabled={!props.name.trim()}
        >
          {props.submitLabel}
        </Button>
      }
    >
      <form
        id={id}
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        <Field label={t("passkeyName")} hint={t("passkeyNameHint")}>
          <Input
            value={props.name}
            maxLength={60}
            autoFocus
            onChange={(event) => props.onName(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
