"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useForm, useFormState } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, djangoApi } from "@/api";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { Skeleton } from "@/ui/skeleton";
import { CountList } from "./count-list";
import { givePass } from "./queries";
import type { Whom } from "./use-handover";

interface EraseDialogProps {
  whom: Whom;
  onErased: () => void;
  onClose: () => void;
}

/** Counts first, asks for the name, erases, and shows the proof, this once. */
export function EraseDialog({ whom, onErased, onClose }: EraseDialogProps) {
  const [proof, setProof] = useState<string>();
  const close = (): void => {
    if (proof !== undefined) onErased();
    onClose();
  };
  return proof === undefined ? (
    <EraseForm whom={whom} onDone={setProof} onClose={onClose} />
  ) : (
    <Erased proof={proof} onClose={close} />
  );
}

function EraseForm({
  whom,
  onDone,
  onClose,
}: {
  whom: Whom;
  onDone: (proof: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations("settings.privacy.erase");
  const { slug } = useSession();
  const queries = useQueryClient();
  const id = useId();
  const [alert, setAlert] = useState<string>();
  const form = useForm<{ confirm: string }>({ defaultValues: { confirm: "" } });
  const { errors, isSubmitting } = useFormState({ control: form.control });
  const counted = useQuery({
    queryKey: [slug, "privacy", "dry-run", whom],
    queryFn: () =>
      djangoApi.post(
        "/api/privacy/erasures/",
        { ...whom, dry_run: true, confirm: "", pass: "" },
        { timeoutMs: 70_000 },
      ),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const submit = form.handleSubmit(async ({ confirm }) => {
    try {
      const body = { ...whom, dry_run: false, confirm, pass: await givePass() };
      const { proof } = await djangoApi.post("/api/privacy/erasures/", body, { timeoutMs: 70_000 });
      // Whatever is on any page may have been hers.
      await queries.invalidateQueries();
      onDone(proof);
    } catch (error) {
      setAlert(applyApiError(form, error, ["confirm"]));
    }
  });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title")}
      description={t("description")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            type="submit"
            form={id}
            variant="danger"
            busy={isSubmitting}
            disabled={!counted.data}
          >
            {t("submit")}
          </Button>
        </>
      }
    >
      {counted.error ? (
        <ApiErrorState error={counted.error} onRetry={() => void counted.refetch()} />
      ) : counted.data ? (
        <form
          id={id}
          method="post"
          noValidate
          onSubmit={(event) => void submit(event)}
          className="flex flex-col gap-4"
        >
          <FormAlert>{alert}</FormAlert>
          <CountList counts={counted.data.counts} left={counted.data.left} />
          <Field
            label={t("confirm", { name: counted.data.confirm })}
            hint={t("confirmHint")}
            error={errors.confirm?.message}
          >
            <Input autoComplete="off" maxLength={255} {...form.register("confirm")} />
          </Field>
        </form>
      ) : (
        <div aria-busy className="flex flex-col gap-3">
          <Skeleton className="h-32 rounded-lg" />
          <Skeleton className="h-9 rounded-md" />
        </div>
      )}
    </Dialog>
  );
}

function Erased({ proof, onClose }: { proof: string; onClose: () => void }) {
  const t = useTranslations("settings.privacy.erase");
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("done")}
      description={t("doneDescription")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("close")}
        </Button>
      }
    >
      <div className="flex items-center gap-2 rounded-lg bg-sunken p-3 ring-1 ring-inset ring-line">
        <code dir="ltr" className="min-w-0 flex-1 text-sm break-all">
          {proof}
        </code>
        <CopyButton text={proof} label={t("copyProof")} />
      </div>
      <p className="mt-3 text-sm text-muted">{t("proofUse")}</p>
    </Dialog>
  );
}
