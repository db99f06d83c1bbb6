/** What the API takes; it is the judge. */
export const MAX_BYTES = 25 * 1024 * 1024;

/** A size for people, in the unit that keeps it short. */
export function sizeOf(bytes: number): { value: number; unit: "byte" | "kilobyte" | "megabyte" } {
  if (bytes < 1000) return { value: bytes, unit: "byte" };
  if (bytes < 1024 * 1000) return { value: Math.round(bytes / 1024), unit: "kilobyte" };
  return { value: Math.round((bytes / 1024 / 1024) * 10) / 10, unit: "megabyte" };
}
