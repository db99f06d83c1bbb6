"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast } from "@/features/session";

/**
 * Makes another business the session's own and loads its page anew: a full load drops every cached
 * row of the one before. `path` is where to go on below the business's address.
 */
export function useSwitchBusiness(path = "customers") {
  const t = useTranslations("shell.business");
  const showError = useErrorToast();
  return useMutation({
    mutationFn: (slug: string) => djangoApi.post("/api/tenants/switch/", { tenant: slug }),
    onSuccess: (_, slug) => window.location.assign(`/${slug}/${path}`),
    onError: (error) => showError(error, t("failed")),
  });
}
