"use client";

import { useFormatter } from "use-intl";

/** Writes an amount: whole units in the figures, short ones on an axis. */
export function useMoney() {
  const format = useFormatter();
  return {
    full: (amount: string | number, currency: string): string =>
      format.number(Number(amount), { style: "currency", currency, maximumFractionDigits: 0 }),
    short: (amount: number, currency: string): string =>
      format.number(amount, {
        style: "currency",
        currency,
        notation: "compact",
        currencyDisplay: "narrowSymbol",
        maximumFractionDigits: 1,
      }),
  };
}
