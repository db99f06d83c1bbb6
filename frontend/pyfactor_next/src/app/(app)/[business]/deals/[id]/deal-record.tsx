"use client";

import { DealPage } from "@/features/deals/record/deal-page";
import { dealParts } from "../parts";

export function DealRecord({ id }: { id: string }) {
  return <DealPage id={id} parts={dealParts} />;
}
