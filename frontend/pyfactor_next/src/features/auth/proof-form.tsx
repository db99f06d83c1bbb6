"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { Button } from "@/ui/button";
import { Field, FormAlert } from "@/ui/field";
import { CodeInput } from "./code-input";
import { PasswordInput } from "./password-input";
import type { Prover } from "./provers";
import { canUsePasskeys } from "./webauthn";

export type ProofMethod = "password" | "passkey" | "totp" | "recovery_code" | "single_sign_on";

interface ProofFormProps {
  methods: readonly ProofMethod[];
  prover: Prover;
  /** Leaves the form, which stays busy meanwhile. */
  onProved: () => void;
}

/** Asks for whatever the person proves herself by: a passkey, a code, or her password. */
export function ProofForm({ methods, prover, onProved }: ProofFormProps) {
  const t = useTranslations("common.proof");
  const [alert, setAlert] = useState<string>();
  const [busy, setBusy] = useState<"passkey" | "typed">();
  const hasPasskey = methods.includes("passkey") && canUsePasskeys();
  const isTyped = methods.includes("totp") || methods.includes("recovery_code");

  const run = async (which: "passkey" | "typed", proof: () => Promise<unknown>): Promise<void> => {
    setAlert(undefined);
    setBusy(which);
    try {
      if ((await proof()) !== false) return onProved();
      setAlert(t("passkeyCancelled"));
    } catch (error) {
      setAlert(isApiError(error) ? (error.fieldErrors[0]?.message ?? error.message) : t("failed"));
    }
    setBusy(undefined);
  };

  const submit = (form: FormData): void => {
    const typed = String(form.get("proof") ?? "");
    if (!typed.trim()) {
      setAlert(isTyped ? t("missingCode") : t("missingPassword"));
      return;
    }
    void run("typed", async () => (isTyped ? prover.code(typed) : prover.password?.(typed)));
  };

  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <FormAlert>{alert}</FormAlert>
      {hasPasskey ? (
        <Button
          variant={isTyped ? "secondary" : "primary"}
          size="lg"
          busy={busy === "passkey"}
          onClick={() => void run("passkey", prover.passkey)}
        >
          <KeyRound aria-hidden />
          {t("usePasskey")}
        </Button>
      ) : null}
      {isTyped ? (
        <Field label={t("code")} hint={t(methods.includes("totp") ? "codeHint" : "recoveryHint")}>
          <CodeInput name="proof" inputMode="text" maxLength={32} autoFocus={!hasPasskey} />
        </Field>
      ) : null}
      {methods.includes("password") ? (
        <Field label={t("password")}>
          <PasswordInput name="proof" autoComplete="current-password" autoFocus />
        </Field>
      ) : null}
      {isTyped || methods.includes("password") ? (
        <Button type="submit" variant="primary" size="lg" busy={busy === "typed"}>
          {t("submit")}
        </Button>
      ) : null}
    </form>
  );
}
