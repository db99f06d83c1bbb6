"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useErrorToast } from "@/features/session";
import { toast } from "@/ui/toast";
import { useRestoreCustomer, useTrashCustomer } from "./mutations";
import type { Customer } from "./types";

/** Takes a customer out of the trash and says so. */
export function useRestoreWithToast() {
  const t = useTranslations("customers.trash");
  const showError = useErrorToast();
  const { mutateAsync } = useRestoreCustomer();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ id }: { id: string; name: string }) => mutateAsync(id),
    onSuccess: (_record, { name }) => toast.success(t("restored", { name })),
    onError: (error, { name }) => showError(error, t("restoreFailed", { name })),
  });
}

/** Moves a customer to the trash and offers Undo. */
export function useTrashWithToast() {
  const t = useTranslations("customers");
  const showError = useErrorToast();
  const trash = useTrashCustomer();
  const restore = useRestoreWithToast();
  return (customer: Customer): void => {
    const { id, display_name: name } = customer;
    void trash.mutateAsync(customer).then(
      () =>
        toast.success(t("trash.trashed", { name }), {
          undo: { label: t("undo"), run: () => restore.mutate({ id, name }) },
        }),
      (error: unknown) => showError(error, t("trash.failed", { name })),
    );
  };
}
