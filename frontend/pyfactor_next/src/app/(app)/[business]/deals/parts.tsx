"use client";

import type { Deal } from "@/features/deals";
import type { RecordParts } from "@/features/records";

/** What a deal's page is made of, beside the deal itself. */
export const dealParts: RecordParts<Deal> = {
  sections: () => [],
};
