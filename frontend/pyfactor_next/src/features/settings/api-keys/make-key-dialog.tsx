"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, djangoApi } from "@/api";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { Segmented } from "@/ui/segmented";
import { Select } from "@/ui/select";
import { apiKeysQuery } from "./queries";
import { ScopePicker } from "./scope-picker";
import { type Extent, type Scope, scopesFor } from "./scopes";

const LIFETIMES = ["30", "90", "180", "365"] as const;
type Lifetime = (typeof LIFETIMES)[number];

/** Asks what a key is for, and then shows the key, this once. */
export function MakeKeyDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<{ name: string; key: string }>();
  return made ? (
    <MadeKey name={made.name} secret={made.key} onClose={onClose} />
  ) : (
    <MakeKeyForm onMade={setMade} onClose={onClose} />
  );
}

interface FormProps {
  onMade: (made: { name: string; key: string }) => void;
  onClose: () => void;
}

function MakeKeyForm({ onMade, onClose }: FormProps) {
  const t = useTranslations("settings.apiKeys");
  const { slug } = useSession();
  const queries = useQueryClient();
  const id = useId();
  const [alert, setAlert] = useState<string>();
  const [extent, setExtent] = useState<Extent>("read");
  const [chosen, setChosen] = useState<ReadonlySet<Scope>>(new Set());
  const form = useForm<{ name: string; lifetime: Lifetime }>({
    defaultValues: { name: "", lifetime: "90" },
  });
  const choose = (next: ReadonlySet<Scope>): void => {
    setChosen(next);
    setAlert(undefined);
  };
  const submit = form.handleSubmit(async ({ name, lifetime }) => {
    const scopes = scopesFor(extent, chosen);
    setAlert(scopes.length === 0 ? t("missingScope") : undefined);
    if (scopes.length === 0) return;
    try {
      const body = { name, scopes, expires_in_days: Number(lifetime) };
      onMade(await djangoApi.post("/api/tenants/current/api-keys/", body));
      await queries.invalidateQueries({ queryKey: apiKeysQuery(slug).queryKey });
    } catch (error) {
      setAlert(applyApiError(form, error, ["name"]));
    }
  });
  const { errors, isSubmitting } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("makeTitle")}
      description={t("makeDescription")}
      footer={
        <Button type="submit" form={id} variant="primary" busy={isSubmitting}>
          {t("create")}
        </Button>
      }
    >
      <form
        id={id}
        method="post"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        <FormAlert>{alert}</FormAlert>
        <Field label={t("name")} hint={t("nameHint")} error={errors.name?.message}>
          <Input
            autoComplete="off"
            autoFocus
            maxLength={60}
            {...form.register("name", {
              validate: (name) => name.trim() !== "" || t("missingName"),
            })}
          />
        </Field>
        <Segmented<Extent>
          label={t("extent")}
          value={extent}
          onValueChange={(next) => {
            setExtent(next);
            setAlert(undefined);
          }}
          hint={t(`extentHints.${extent}`)}
          options={(["read", "all", "choose"] as const).map((value) => ({
            value,
            label: t(`extentShort.${value}`),
          }))}
        />
        {extent === "choose" ? <ScopePicker chosen={chosen} onChange={choose} /> : null}
        <Controller
          control={form.control}
          name="lifetime"
          render={({ field }) => (
            <Field label={t("lifetime")} hint={t("lifetimeHint")}>
              <Select<Lifetime>
                value={field.value}
                onValueChange={field.onChange}
                options={LIFETIMES.map((value) => ({
                  value,
                  label: t("days", { count: Number(value) }),
                }))}
              />
            </Field>
          )}
        />
      </form>
    </Dialog>
  );
}

function MadeKey({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  const t = useTranslations("settings.apiKeys");
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("madeTitle", { name })}
      description={t("madeDescription")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <div className="flex items-center gap-2 rounded-lg bg-sunken p-3 ring-1 ring-inset ring-line">
        <code dir="ltr" className="min-w-0 flex-1 text-sm break-all">
          {secret}
        </code>
        <CopyButton text={secret} label={t("copyKey")} />
      </div>
      <p className="mt-3 text-sm text-muted">{t("madeUse")}</p>
      <pre dir="ltr" className="mt-1.5 overflow-x-auto rounded-lg bg-sunken p-3 text-xs">
        {`curl -H "Authorization: Bearer $DOTT_KEY" \\\n  ${globalThis.location.origin}/api/crm/customers/`}
      </pre>
    </Dialog>
  );
}
