import type { OwnField } from "./types";

/** A text field of customers for tests, labelled as its key says. */
export function makeField(key: string, values: Partial<OwnField> = {}): OwnField {
  return {
    id: key,
    entity: "customer",
    key,
    label: key.toUpperCase(),
    type: "text",
    is_required: false,
    options: [],
    position: 1,
    is_archived: false,
    created_at: "2026-01-01T09:00:00Z",
    updated_at: "2026-01-01T09:00:00Z",
    created_by: null,
    updated_by: null,
    version: 1,
    ...values,
  };
}
