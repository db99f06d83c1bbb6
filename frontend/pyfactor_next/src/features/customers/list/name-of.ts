import type { CustomerRow } from "../types";

export function nameOf(row: CustomerRow): string {
  return row.display_name;
}
