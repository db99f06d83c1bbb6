"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { meQuery, useErrorToast } from "@/features/session";
import { toast } from "@/ui/toast";
import { factorsQuery } from "./queries";

/** A change of second factors: says that it is done, and reads again what depends on it. */
export function useFactorChange<T>(
  run: () => Promise<T>,
  done: string,
  onDone?: (answer: T) => void,
) {
  const t = useTranslations("settings.factors");
  const showError = useErrorToast();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: (answer) => {
      if (answer === false) return;
      toast.success(done);
      onDone?.(answer);
    },
    onError: (error) => {
      // She closed the dialog that asked who she is.
      if (isApiError(error) && error.code === "reauthentication_required") return;
      showError(error, t("failed"));
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: factorsQuery.queryKey }),
        queries.invalidateQueries({ queryKey: meQuery.queryKey }),
        queries.invalidateQueries({ queryKey: ["sessions"] }),
      ]),
  });
}
