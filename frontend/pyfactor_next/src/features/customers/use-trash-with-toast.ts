"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useErrorToast } from "@/features/session";
import { toast } from "@/ui/toast";
import { useRestoreCustomer, useTrashCustomer } from "./mutations";
import type { Customer } from "./types";

/** Takes a customer out of the trash and says so. */
export function useRestoreWithToast() {
  const t = useTranslations("customers.trash");
  const showError = useErrorToast();
  const offerUndo = useOfferUndo();
  const { mutateAsync } = useRestoreCustomer();
  return useMutation({
    networkMode: "always",
    mutationFn: async ({ id }: { id: string; name: string }): Promise<Step> => {
      let made: Step = [];
      await mutateAsync({ id, onChange: (step) => (made = step) });
      return made;
    },
    onSuccess: (step, { name }) => toast.success(t("restored", { name }), offerUndo(step)),
    onError: (error, { name }) => showError(error, t("restoreFailed", { name })),
  });
}

/** Moves a customer to the trash and offers Undo. */
export function useTrashWithToast() {
  const t = useTranslations("customers.trash");
  const showError = useErrorToast();
  const offerUndo = useOfferUndo();
  const { mutateAsync } = useTrashCustomer();
  return async (customer: Customer): Promise<void> => {
    const { display_name: name } = customer;
    let made: Step = [];
    try {
      await mutateAsync({ customer, onChange: (step) => (made = step) });
      toast.success(t("trashed", { name }), offerUndo(made));
    } catch (error) {
      showError(error, t("failed", { name }));
    }
  };
}
