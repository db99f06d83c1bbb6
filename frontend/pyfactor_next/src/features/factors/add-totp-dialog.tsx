"use client";

import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError } from "@/api";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { Skeleton } from "@/ui/skeleton";

const QrCode = dynamic(() => import("./qr-code"), {
  loading: () => <Skeleton className="size-44 rounded-lg" />,
});

interface AddTotpDialogProps {
  onClose: () => void;
  /** Gets the recovery codes, if new ones were made. */
  onAdded: (codes: string[]) => void;
}

/** Shows the seed as a picture and as text, and takes the first code. */
export function AddTotpDialog({ onClose, onAdded }: AddTotpDialogProps) {
  const t = useTranslations("settings.factors");
  const id = useId();
  const [error, setError] = useState<string>();
  const begin = useMutation({
    mutationFn: () => djangoApi.post("/api/auth/factors/totp/begin/", undefined),
    onError: onClose,
  });
  const confirm = useMutation({
    mutationFn: (code: string) => djangoApi.post("/api/auth/factors/totp/", { code }),
    onSuccess: (answer) => onAdded(answer.recovery_codes),
    onError: (caught) =>
      setError(
        isApiError(caught) ? (caught.fieldErrors[0]?.message ?? caught.message) : t("failed"),
      ),
  });
  const { mutate: start } = begin;
  useEffect(() => start(), [start]);

  // The dialog that asks who is there comes first; this one opens once that is settled.
  if (!begin.data) return null;
  const { secret, uri } = begin.data;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("totpAddTitle")}
      description={t("totpAddDescription")}
      width="sm:max-w-md"
      footer={
        <Button type="submit" form={id} variant="primary" busy={confirm.isPending}>
          {t("totpConfirm")}
        </Button>
      }
    >
      <div className="flex flex-col items-center gap-3">
        <QrCode text={uri} label={t("totpPicture")} />
        <div className="flex max-w-full flex-wrap items-center justify-center gap-x-2 text-sm">
          <span className="text-muted">{t("totpByHand")}</span>
          <code dir="ltr" className="font-mono text-xs break-all">
            {secret.match(/.{1,4}/g)?.join(" ")}
          </code>
          <CopyButton text={secret} label={t("totpCopy")} />
        </div>
      </div>
      <form
        id={id}
        method="post"
        noValidate
        className="mt-4 flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const code = String(new FormData(event.currentTarget).get("code") ?? "");
          setError(code.trim() ? undefined : t("totpMissingCode"));
          if (code.trim()) confirm.mutate(code);
        }}
      >
        <FormAlert>{error}</FormAlert>
        <Field label={t("totpCode")} hint={t("totpCodeHint")}>
          <Input
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
            autoFocus
          />
        </Field>
      </form>
    </Dialog>
  );
}
