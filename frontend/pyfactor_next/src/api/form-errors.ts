import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { isApiError } from "./errors";

/**
 * Puts the server's field errors on a form and focuses the first one.
 *
 * Returns what has no input to stand at, as one line for a `role="alert"`; undefined when every
 * error found its field.
 */
export function applyApiError<T extends FieldValues>(
  form: UseFormReturn<T>,
  error: unknown,
  fields: readonly FieldPath<T>[],
): string | undefined {
  if (!isApiError(error)) return error instanceof Error ? error.message : String(error);
  if (error.kind === "aborted") return undefined;
  const left: string[] = [];
  let first = true;
  for (const { field, code, message } of error.fieldErrors) {
    const name = fields.find((candidate) => candidate === field);
    if (name === undefined) {
      left.push(field ? `${field}: ${message}` : message);
      continue;
    }
    form.setError(name, { type: code, message }, { shouldFocus: first });
    first = false;
  }
  if (left.length > 0) return left.join(" ");
  return error.fieldErrors.length > 0 ? undefined : error.message;
}
