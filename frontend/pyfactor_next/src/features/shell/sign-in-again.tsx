"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError, signInUrl } from "@/api";
import { methodsOf, ProofForm, type ProofMethod, secondStep } from "@/features/auth";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";

/** Asks for the password of the person whose session ended. */
export default function SignInAgain({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell.expired");
  const { user } = useSession();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [methods, setMethods] = useState<ProofMethod[]>();

  const goOn = async (): Promise<void> => {
    onClose();
    await queries.invalidateQueries();
  };

  const submit = async (form: HTMLFormElement): Promise<void> => {
    const password = String(new FormData(form).get("password"));
    setBusy(true);
    setError(undefined);
    try {
      await djangoApi.post(
        "/api/auth/browser/v1/auth/login",
        { email: user.email, password },
        { expectUnauthenticated: true },
      );
      await goOn();
    } catch (caught) {
      if (isApiError(caught) && caught.code === "second_factor_pending") {
        setMethods(methodsOf(caught));
        return;
      }
      setError(
        isApiError(caught) ? (caught.fieldErrors[0]?.message ?? caught.message) : String(caught),
      );
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("description")}
    >
      {methods ? (
        <ProofForm methods={methods} prover={secondStep} onProved={() => void goOn()} />
      ) : (
        <form
          method="post"
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void submit(event.currentTarget);
          }}
        >
          <FormAlert>{error}</FormAlert>
          {/* Tells the password manager whose password it is. */}
          <input
            type="email"
            name="email"
            autoComplete="username"
            value={user.email}
            readOnly
            hidden
          />
          <Field label={t("password")} required>
            <Input
              name="password"
              type="password"
              autoComplete="current-password"
              required
              autoFocus
            />
          </Field>
          <div className="flex justify-between gap-2">
            <a
              href={signInUrl("/")}
              className="self-center text-sm text-accent-ink hover:underline"
            >
              {t("leave")}
            </a>
            <Button type="submit" variant="primary" busy={isBusy}>
              {t("submit")}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
