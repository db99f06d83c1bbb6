"use client";

import { DuplicatesPage as Page } from "@/features/records";
import { customerDuplicates } from "./resource";

/** Pairs of customers that may be one. */
export function DuplicatesPage() {
  return <Page resource={customerDuplicates} />;
}
