"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { webhooksQuery } from "./queries";

type Write<R> = (api: typeof djangoApi) => Promise<R>;

/** Writes that no form holds: what is refused is said in a toast, and what shows it is asked for again. */
export function useWebhookWrites() {
  const t = useTranslations("settings.webhooks");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const { mutateAsync, isPending } = useMutation({
    networkMode: "always",
    mutationFn: (write: Write<unknown>) => write(djangoApi),
    onError: (error) => showError(error, t("failed")),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: webhooksQuery(slug).queryKey });
      await client.invalidateQueries({ queryKey: [slug, "webhook-messages"] });
    },
  });
  /** What came back; undefined when it was refused. */
  const run = async <R>(write: Write<R>): Promise<R | undefined> => {
    try {
      return (await mutateAsync(write)) as R;
    } catch {
      // Told by onError.
      return undefined;
    }
  };
  return { run, isBusy: isPending };
}
