"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { singleSignOnQuery } from "./queries";

/** A change of the business's single sign-on: says that it is done, and reads it again. */
export function useChange<T>(run: () => Promise<T>, done?: string) {
  const t = useTranslations("settings.singleSignOn");
  const { slug } = useSession();
  const showError = useErrorToast();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: () => {
      if (done) toast.success(done);
    },
    onError: (error) => {
      // She closed the dialog that asked who she is.
      if (isApiError(error) && error.code === "reauthentication_required") return;
      showError(error, t("failed"));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: singleSignOnQuery(slug).queryKey }),
  });
}
