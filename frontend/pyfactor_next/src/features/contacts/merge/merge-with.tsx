"use client";

import type { ComponentProps } from "react";
import { MergeWith } from "@/features/records";
import { contactDuplicates } from "../duplicates/resource";

type MergeProps = Omit<ComponentProps<typeof MergeWith>, "resource">;

/** Asks which other contact this one is to be merged with, then merges. */
export function MergeContact(props: MergeProps) {
  return <MergeWith resource={contactDuplicates} {...props} />;
}
