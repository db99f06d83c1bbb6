"use client";

import type { Customer } from "@/features/customers";
import type { RecordParts } from "@/features/records";

/** What a customer's page and panel are made of, beside the customer itself. */
export const customerParts: RecordParts<Customer> = {
  sections: () => [],
};
