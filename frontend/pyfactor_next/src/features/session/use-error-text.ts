"use client";

import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { toast } from "@/ui/toast";

interface ErrorText {
  title: string;
  description: string;
  requestId: string | undefined;
}

/** Says in words what a failed request means and what to do about it. */
export function useErrorText(): (error: unknown) => ErrorText {
  const t = useTranslations("common.errors");
  return (error) => {
    const requestId = isApiError(error) ? error.requestId : undefined;
    const kinds = {
      network: "network",
      timeout: "timeout",
      forbidden: "forbidden",
      not_found: "notFound",
      rate_limited: "rateLimited",
    } as const;
    const kind = isApiError(error) ? error.kind : "unexpected";
    if (kind in kinds) {
      const key = kinds[kind as keyof typeof kinds];
      return { title: t(`${key}.title`), description: t(`${key}.description`), requestId };
    }
    const isTold = isApiError(error) && (kind === "conflict" || kind === "validation");
    const description = isTold ? error.message : t("server.description");
    return { title: t("server.title"), description, requestId };
  };
}

/** Shows a failed action as a toast; says nothing about cancelled requests and ended sessions. */
export function useErrorToast(): (error: unknown, title?: string) => void {
  const text = useErrorText();
  return (error, title) => {
    if (isApiError(error) && (error.kind === "aborted" || error.kind === "unauthenticated")) return;
    const told = text(error);
    toast.error(title ?? told.title, { description: told.description, reference: told.requestId });
  };
}
