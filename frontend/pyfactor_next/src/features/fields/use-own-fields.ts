"use client";

import type { BulkFieldDef, MergeField } from "@/features/records";
import { useOwnFields } from "./queries";
import type { Entity } from "./types";
import { useOwnText } from "./use-own-text";

/** Own fields as the bulk bar knows fields. */
export function useOwnBulkFields(entity: Entity): readonly BulkFieldDef[] {
  return useOwnFields(entity).map((own) => ({
    name: `custom.${own.key}`,
    label: own.label,
    kind: "own",
    own,
  }));
}

/** Own fields as the merge dialog knows fields. */
export function useOwnMergeFields(entity: Entity): readonly MergeField[] {
  const text = useOwnText();
  return useOwnFields(entity).map((own) => ({
    name: `custom.${own.key}`,
    label: own.label,
    text: (value) => text(own, value),
  }));
}
