"use client";

import { useFormatter, useTranslations } from "use-intl";
import type { Reason } from "./types";

/** From here on hardly anything else can be the case, and from there on it is likely. */
const NEARLY_CERTAIN = 80;
const LIKELY = 60;

/** "Same e-mail, similar name": what speaks for it, and at the end what speaks against it. */
export function useReasonText(): (reasons: readonly Reason[]) => string {
  const t = useTranslations("records.duplicates.reasons");
  const format = useFormatter();
  return (reasons) =>
    format.list(
      reasons.map(({ code }) => t(code)),
      { style: "short", type: "unit" },
    );
}

export function certaintyOf(score: number): "certain" | "likely" | "possible" {
  if (score >= NEARLY_CERTAIN) return "certain";
  return score >= LIKELY ? "likely" : "possible";
}
