"use client";

import dynamic from "next/dynamic";
import type { Deal } from "@/features/deals";
import { recordParts } from "../record-parts";

/** What a deal's page is made of, beside the deal itself. */
export const dealParts = recordParts<Deal, "deal">({
  kind: "deal",
  nameOf: ({ name }) => name,
  between: () => [],
  Related: dynamic(() => import("./related"), { ssr: false }),
});
