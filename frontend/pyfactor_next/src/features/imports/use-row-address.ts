"use client";

import { parseAsInteger, parseAsStringLiteral, useQueryStates } from "nuqs";
import { tabs } from "./review";

/** The tab and the open row, in the address. */
export function useRowAddress() {
  return useQueryStates({ tab: parseAsStringLiteral(tabs), line: parseAsInteger });
}
