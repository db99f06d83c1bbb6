"use client";

import type { ComponentProps } from "react";
import { MergeWith } from "@/features/records";
import { customerDuplicates } from "../duplicates/resource";

type MergeProps = Omit<ComponentProps<typeof MergeWith>, "resource">;

/** Asks which other customer this one is to be merged with, then merges. */
export function MergeCustomer(props: MergeProps) {
  return <MergeWith resource={customerDuplicates} {...props} />;
}
