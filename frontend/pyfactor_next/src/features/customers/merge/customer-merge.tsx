"use client";

import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useOwnMergeFields } from "@/features/fields";
import { MergeDialog, type MergeResource } from "@/features/records";
import { FIELD_NAMES } from "../fields";
import type { Customer, FieldValue } from "../types";
import { useFieldText } from "../use-field-text";

const PATH = "/api/crm/customers/{id}/merge/";

const customers: MergeResource<Customer> = {
  name: "customers",
  load: (id, signal) => djangoApi.get("/api/crm/customers/{id}/", { path: { id }, signal }),
  merge: (body, options) => djangoApi.post(PATH, body, { ...options, timeoutMs: 60_000 }),
  useFields: () => {
    const t = useTranslations("customers");
    const text = useFieldText();
    const own = useOwnMergeFields("customer");
    const fields = FIELD_NAMES.map((name) => ({
      name,
      label: t(`fields.${name}`),
      text: (value: unknown) => text(name, (value ?? "") as FieldValue),
    }));
    return [...fields, ...own];
  },
  note: ({ account_number, billing_city }) =>
    [account_number, billing_city].filter(Boolean).join(" · "),
};

interface CustomerMergeProps {
  ids: readonly string[];
  onClose: () => void;
  onMerged?: (survivor: string) => void;
}

/** Makes two to five customers into one. */
export function CustomerMerge(props: CustomerMergeProps) {
  return <MergeDialog resource={customers} {...props} />;
}
