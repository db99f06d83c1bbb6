import type { CustomerRow } from "../types";

export interface Candidate {
  row: CustomerRow;
  reason: "email" | "phone" | "name";
}

const MAX_SHOWN = 3;

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/**
 * Which of the found customers may be the one being entered, the likeliest first: the same e-mail,
 * the same phone number (its last digits: one may be written without country code), or a name that
 * begins alike. The search also looks into other fields, so what it finds is compared again.
 */
export function findCandidates(
  found: readonly CustomerRow[],
  typed: { name: string; email: string; phone: string },
): Candidate[] {
  const reasonFor = (row: CustomerRow): Candidate["reason"] | null => {
    if (typed.email && fold(row.email) === fold(typed.email)) return "email";
    const digits = typed.phone.replace(/^0+/, "");
    if (digits && `${row.phone}${row.phone_raw}`.replace(/\D/g, "").endsWith(digits)) {
      return "phone";
    }
    const [theirs, ours] = [fold(row.display_name), fold(typed.name)];
    return ours && (theirs.startsWith(ours) || ours.startsWith(theirs)) ? "name" : null;
  };
  const candidates = new Map<string, Candidate>();
  for (const row of found) {
    const reason = reasonFor(row);
    if (reason && !candidates.has(row.id)) candidates.set(row.id, { row, reason });
  }
  const rank = { email: 0, phone: 1, name: 2 };
  return [...candidates.values()]
    .sort((a, b) => rank[a.reason] - rank[b.reason])
    .slice(0, MAX_SHOWN);
}
