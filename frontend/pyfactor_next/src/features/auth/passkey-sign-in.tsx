"use client";

import { KeyRound } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { Button } from "@/ui/button";
import { signInWithPasskey } from "./provers";
import { canUsePasskeys } from "./webauthn";

interface PasskeySignInProps {
  next: string;
  onError: (text: string | undefined) => void;
}

const never = () => () => undefined;

/** Signs in without address and password, where the browser has passkeys. */
export function PasskeySignIn({ next, onError }: PasskeySignInProps) {
  const t = useTranslations("auth.signIn");
  const [isBusy, setBusy] = useState(false);
  const isPossible = useSyncExternalStore(never, canUsePasskeys, () => true);
  if (!isPossible) return null;

  const signIn = async (): Promise<void> => {
    onError(undefined);
    setBusy(true);
    try {
      if (await signInWithPasskey()) return window.location.assign(next);
    } catch (error) {
      onError(
        isApiError(error) ? (error.fieldErrors[0]?.message ?? error.message) : t("passkeyFailed"),
      );
    }
    setBusy(false);
  };
  return (
    <Button size="lg" className="w-full" busy={isBusy} onClick={() => void signIn()}>
      <KeyRound aria-hidden />
      {t("passkey")}
    </Button>
  );
}
