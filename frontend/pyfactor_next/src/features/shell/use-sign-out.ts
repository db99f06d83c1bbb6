"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError } from "@/api";
import { announceSignOut } from "@/api/session-end";
import { forgetRecent } from "@/features/recent";
import { useErrorToast } from "@/features/session";

/** Ends the session and loads the sign-in page anew, here and in this browser's other tabs. */
export function useSignOut() {
  const t = useTranslations("shell.user");
  const showError = useErrorToast();
  return useMutation({
    mutationFn: async () => {
      try {
        await djangoApi.delete("/api/auth/browser/v1/auth/session", {
          expectUnauthenticated: true,
        });
      } catch (error) {
        // The answer to a sign-out says that nobody is signed in any more: that is the success.
        if (!isApiError(error) || error.kind !== "unauthenticated") throw error;
      }
    },
    onSuccess: () => {
      forgetRecent();
      announceSignOut();
      window.location.assign("/sign-in");
    },
    onError: (error) => showError(error, t("signOutFailed")),
  });
}
