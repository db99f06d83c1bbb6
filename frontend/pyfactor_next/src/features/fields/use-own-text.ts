"use client";

import { useFormatter, useTranslations } from "use-intl";
import { listOf, moneyOf, type OwnField } from "./types";

/** Digits that a JavaScript number holds exactly; longer ones are shown as they are kept. */
const EXACT_DIGITS = 15;

/** Says a value in words; "" when there is none. */
export function useOwnText(): (field: OwnField, value: unknown) => string {
  const t = useTranslations("fields");
  const format = useFormatter();
  const number = (text: string, currency?: string): string => {
    if (text.replace(/\D/g, "").length > EXACT_DIGITS) return [text, currency].join(" ").trim();
    return format.number(
      Number(text),
      currency ? { style: "currency", currency } : { maximumFractionDigits: 6 },
    );
  };
  return (field, value) => {
    if (value === undefined || value === null || value === "") return "";
    const labels = (ids: readonly string[]): string[] =>
      ids.map((id) => field.options.find((option) => option.id === id)?.label ?? id);
    switch (field.type) {
      case "bool":
        return t(value === true ? "yes" : "no");
      case "select":
        return labels([String(value)]).join("");
      case "multi_select":
        return format.list(labels(listOf(value)), { type: "unit" });
      case "money": {
        const money = moneyOf(value);
        return money ? number(money.amount, money.currency) : "";
      }
      case "number":
        return number(String(value));
      case "date":
        return format.dateTime(new Date(`${String(value)}T00:00:00Z`), {
          dateStyle: "medium",
          timeZone: "UTC",
        });
      case "datetime":
        return format.dateTime(new Date(String(value)), {
          dateStyle: "medium",
          timeStyle: "short",
        });
      default:
        return String(value);
    }
  };
}
