import type { Customer } from "./types";
import { displayName, emptyValues } from "./values";

/** A customer for tests; give what the test asserts. */
export function makeCustomer(values: Partial<Customer> = {}): Customer {
  const record = {
    ...emptyValues,
    id: "0192f7a0-0000-7000-8000-000000000001",
    account_number: "C-000001",
    business_name: "Alfreds Futterkiste",
    owner_name: "",
    last_activity_at: null,
    next_activity_at: null,
    created_at: "2026-01-01T09:00:00Z",
    updated_at: "2026-01-01T09:00:00Z",
    created_by: null,
    updated_by: null,
    tags: [],
    custom: {},
    deleted_at: null,
    version: 1,
    ...values,
  };
  return { display_name: displayName(record), ...record };
}
