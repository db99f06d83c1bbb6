"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { dealKeys } from "../queries";

/**
 * Writes of the setup: everything that shows it is asked for again, boards too; what is refused is
 * said in a toast.
 */
export function useSetup() {
  const t = useTranslations("deals.setup");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const { mutateAsync } = useMutation({
    scope: { id: "deals-setup" },
    networkMode: "always",
    mutationFn: (write: () => Promise<unknown>) => write(),
    onError: (error) => showError(error, t("failed")),
    onSettled: () => {
      for (const part of ["pipelines", "stages", "lostreasons"]) {
        void client.invalidateQueries({ queryKey: [slug, part] });
      }
      void client.invalidateQueries({ queryKey: dealKeys.lists(slug) });
    },
  });
  /** Whether it was written. */
  return async (write: (api: typeof djangoApi) => Promise<unknown>): Promise<boolean> => {
    try {
      await mutateAsync(() => write(djangoApi));
      return true;
    } catch {
      // Told by onError.
      return false;
    }
  };
}

export type Setup = ReturnType<typeof useSetup>;
