"use client";

import type { CreateProps } from "@/features/records";
import { CreateDialog } from "../form/create-dialog";

/** A new deal from list or board, in the stage that was asked for. */
export function CreateDeal({ name, from, view, onClose, onOpen }: CreateProps) {
  const pipeline = view.filters.find(({ field }) => field === "pipeline");
  return (
    <CreateDialog
      name={name}
      // "1": in the usual stage; otherwise the stage's id.
      stageId={from === "1" ? null : from}
      pipelineId={pipeline && "values" in pipeline ? (pipeline.values[0] ?? null) : null}
      onClose={onClose}
      onOpen={onOpen}
    />
  );
}
