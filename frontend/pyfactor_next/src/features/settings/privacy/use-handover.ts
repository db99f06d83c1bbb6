"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError } from "@/api";
import { useErrorToast } from "@/features/session";
import { type ChosenRecord, givePass, type Subject } from "./queries";

/** Whose data, and which records are hers. */
export type Whom = Subject & { records: ChosenRecord[] };

/** Asks for the file with what is held of a person, and saves it. */
export function useHandover() {
  const t = useTranslations("settings.privacy.find");
  const showError = useErrorToast();
  return useMutation({
    mutationFn: async (whom: Whom) => {
      const body = { ...whom, pass: await givePass() };
      const file: unknown = await djangoApi.post("/api/privacy/handovers/", body, {
        timeoutMs: 70_000,
      });
      if (file instanceof Blob) save(file);
    },
    onError: (error) => {
      // She closed the dialog that asked who she is.
      if (isApiError(error) && error.code === "reauthentication_required") return;
      showError(error, t("handOverFailed"));
    },
  });
}

function save(file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = "person.zip";
  link.click();
  URL.revokeObjectURL(url);
}
