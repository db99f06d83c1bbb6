import { completeUrl } from "../phone";
import type { CustomerValues } from "../types";

/** The form's values as they are sent: web addresses get their scheme. */
export function prepare(values: CustomerValues): CustomerValues {
  return { ...values, website: completeUrl(values.website) };
}
