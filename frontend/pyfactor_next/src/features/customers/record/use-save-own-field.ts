"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError, type Step } from "@/api";
import type { OwnField } from "@/features/fields";
import { useOfferUndo } from "@/features/history";
import { useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { markListsStale, showRecord } from "../cache";
import { customerKeys } from "../queries";
import type { Customer } from "../types";

interface Change {
  key: string;
  value: unknown;
  onChange: (step: Step) => void;
}

/**
 * Saves one own field of a customer. A change of other fields in the meantime does not stand in its
 * way; one of this very field does. Rejects with ApiError.
 */
export function useSaveOwnField(customer: Customer) {
  const t = useTranslations("fields");
  const { slug } = useSession();
  const client = useQueryClient();
  const offerUndo = useOfferUndo();
  const path = { id: customer.id };
  const { mutateAsync } = useMutation({
    scope: { id: `customer-${customer.id}` },
    networkMode: "always",
    mutationFn: async ({ key, value, onChange }: Change): Promise<Customer> => {
      const record = customerKeys.record(slug, customer.id);
      const { version } = client.getQueryData<Customer>(record) ?? customer;
      const send = (known: number): Promise<Customer> =>
        djangoApi.patch(
          "/api/crm/customers/{id}/",
          { custom: { [key]: value } },
          { path, version: known, onChange },
        );
      try {
        return await send(version);
      } catch (error) {
        if (!isApiError(error) || error.status !== 412) throw error;
        const now: Customer = await djangoApi.get("/api/crm/customers/{id}/", { path });
        showRecord(client, slug, now);
        if (JSON.stringify(now.custom[key]) !== JSON.stringify(customer.custom[key])) throw error;
        return send(now.version);
      }
    },
    onSuccess: (saved) => showRecord(client, slug, saved),
    onSettled: () => markListsStale(client, slug),
  });
  return async (field: OwnField, value: unknown): Promise<void> => {
    let made: Step = [];
    await mutateAsync({ key: field.key, value, onChange: (step) => (made = step) });
    toast.success(t("saved", { name: field.label }), offerUndo(made));
  };
}
