import type { OwnFieldType } from "@/features/fields";

/** Longer texts want a field of several lines. */
const LONG = 255;
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const URL_LIKE = /^https?:\/\/\S+$/i;
const PHONE = /^\+\d[\d\s()./-]{5,24}$/;
// A leading zero belongs to a code, not to a number.
const NUMBER = /^-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:[.,\s]\d{3})+)(?:[.,]\d+)?$/;
const SUM = /^(?:[€$£¥]|[A-Z]{3})\s?-?\d[\d.,]*$|^-?\d[\d.,]*\s?(?:[€$£¥]|[A-Z]{3})$/;
const DAY = String.raw`(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))`;
const DATE = new RegExp(`^${DAY}$`);
const MOMENT = new RegExp(`^${DAY}[T ]\\d{1,2}:\\d{2}`);
const YES_OR_NO = /^(?:yes|no|true|false|ja|nein|oui|non|sí|si|نعم|لا)$/i;

const tests: readonly (readonly [OwnFieldType, RegExp])[] = [
  ["email", EMAIL],
  ["url", URL_LIKE],
  ["bool", YES_OR_NO],
  ["date", DATE],
  ["datetime", MOMENT],
  ["phone", PHONE],
  ["number", NUMBER],
  ["money", SUM],
];

/** The type that every sample of a column fits; text where they differ or there are none. */
export function guessType(
  samples: readonly string[],
  nullMarkers: readonly string[] = [],
): OwnFieldType {
  const texts = samples.map((sample) => sample.trim()).filter((text) => text !== "");
  const told = texts.filter((text) => !nullMarkers.includes(text));
  if (told.length === 0) return "text";
  const found = tests.find(([, pattern]) => told.every((text) => pattern.test(text)));
  if (found) return found[0];
  // Samples are cut before they reach that length: one that fills them is longer.
  return told.some((text) => text.includes("\n") || text.length >= Math.min(LONG, 200))
    ? "long_text"
    : "text";
}
