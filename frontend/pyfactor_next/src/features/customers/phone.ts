/**
 * Calling codes of two and three digits (ITU-T E.164, list of assigned country codes). The codes 1
 * and 7 are the only ones of one digit; everything else begins with one of these.
 */
const TWO_DIGIT_CODES = new Set(
  "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split(
    " ",
  ),
);

function callingCode(digits: string): string {
  if (/^[17]/.test(digits)) return digits.slice(0, 1);
  const two = digits.slice(0, 2);
  return TWO_DIGIT_CODES.has(two) ? two : digits.slice(0, 3);
}

/**
 * An E.164 number with its calling code set off and the rest in groups of three and four. Where the
 * area code ends is each country's own affair, so the groups claim nothing about it.
 */
export function formatPhone(e164: string, extension = ""): string {
  const suffix = extension ? ` ext. ${extension}` : "";
  const match = /^\+(\d{6,15})$/.exec(e164);
  if (!match?.[1]) return e164 + suffix;
  const code = callingCode(match[1]);
  const rest = match[1].slice(code.length);
  // A single digit left over joins the group before it.
  const groups = rest.match(/\d{3}(?=\d{2})|\d+/g) ?? [];
  return `+${code} ${groups.join(" ")}${suffix}`;
}

/** For a link that dials; RFC 3966 writes the extension as a parameter. */
export function phoneHref(e164: string, extension = ""): string {
  const digits = extension.replace(/\D/g, "");
  return `tel:${e164}${digits ? `;ext=${digits}` : ""}`;
}

/** Shows a web address without what every one of them has. */
export function formatWebsite(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
}

/** What people type as a web address, with the scheme that the API wants. */
export function completeUrl(text: string): string {
  const trimmed = text.trim();
  return trimmed === "" || /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
}
