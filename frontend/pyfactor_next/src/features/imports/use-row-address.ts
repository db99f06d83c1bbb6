"use client";

import { parseAsBoolean, parseAsInteger, parseAsStringLiteral, useQueryStates } from "nuqs";
import { tabs } from "./review";

/** The tab, whether only its rows with a warning are listed, and the open row: in the address. */
export function useRowAddress() {
  return useQueryStates({
    tab: parseAsStringLiteral(tabs),
    warned: parseAsBoolean.withDefault(false),
    line: parseAsInteger,
  });
}
