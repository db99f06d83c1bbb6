/** "2026-01-31T09:30:00Z" → "2026-01-31T10:30" in the browser's zone, for a datetime-local input. */
export function localInput(instant: unknown): string {
  if (typeof instant !== "string" || Number.isNaN(Date.parse(instant))) return "";
  const at = new Date(instant);
  const part = (value: number, digits = 2): string => String(value).padStart(digits, "0");
  const day = `${part(at.getFullYear(), 4)}-${part(at.getMonth() + 1)}-${part(at.getDate())}`;
  return `${day}T${part(at.getHours())}:${part(at.getMinutes())}`;
}

/** The other way round; null for an empty input. */
export function instantOf(local: string): string | null {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
