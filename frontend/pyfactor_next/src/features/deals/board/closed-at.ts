/** The day it is here, as date fields write it. */
export function today(now = new Date()): string {
  const pad = (part: number): string => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** A day as an instant: today is now, and left to the server; another day is its noon here. */
export function closedAt(day: string): string | null {
  return day === today() ? null : new Date(`${day}T12:00:00`).toISOString();
}
