"use client";

import { RecordGroupLater } from "@/features/fields";
import type { Customer } from "../types";
import { useSaveOwnField } from "./use-save-own-field";

interface OwnFieldsProps {
  customer: Customer;
  isReadOnly: boolean;
}

/** The fields that the business has added to its customers. */
export function OwnFields({ customer, isReadOnly }: OwnFieldsProps) {
  const save = useSaveOwnField(customer);
  return (
    <RecordGroupLater
      entity="customer"
      values={customer.custom}
      isReadOnly={isReadOnly}
      save={save}
    />
  );
}
