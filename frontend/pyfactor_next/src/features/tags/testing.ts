import type { Tag } from "./types";

/** A tag for tests, named as its id says. */
export function makeTag(id: string, values: Partial<Tag> = {}): Tag {
  return {
    id,
    name: id.toUpperCase(),
    colour: "grey",
    created_at: "2026-01-01T09:00:00Z",
    updated_at: "2026-01-01T09:00:00Z",
    created_by: null,
    updated_by: null,
    version: 1,
    ...values,
  };
}
