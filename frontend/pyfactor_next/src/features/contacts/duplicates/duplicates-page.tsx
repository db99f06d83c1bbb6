"use client";

import { DuplicatesPage as Page } from "@/features/records";
import { contactDuplicates } from "./resource";

/** Pairs of contacts that may be one. */
export function DuplicatesPage() {
  return <Page resource={contactDuplicates} />;
}
