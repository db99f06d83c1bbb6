"use client";

import { CircleAlert, TriangleAlert } from "lucide-react";
import { cn } from "@/ui/cn";
import type { RowIssue } from "./types";

interface IssueNoteProps {
  issue: RowIssue;
  isError: boolean;
  isBoxed?: boolean;
}

/** Why a cell or a row is not taken, or what was done with it. */
export function IssueNote({ issue, isError, isBoxed = false }: IssueNoteProps) {
  const Icon = isError ? CircleAlert : TriangleAlert;
  return (
    <p
      className={cn(
        "flex items-start gap-1.5 text-xs",
        isError ? "text-danger-ink" : "text-warning-ink",
        isBoxed && "rounded-md px-3 py-2 text-sm",
        isBoxed && (isError ? "bg-danger-soft" : "bg-warning-soft"),
      )}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-3 shrink-0", isBoxed && "size-4")} />
      {issue.detail}
    </p>
  );
}
