"use client";

import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { type View, withFilter } from "../view/view";

interface MineButtonProps {
  /** Name of the filter that says whose records they are. */
  filter: string;
  label: string;
  view: View;
  change: (part: Partial<View>) => void;
}

/** One's own records, and back to everybody's. */
export function MineButton({ filter, label, view, change }: MineButtonProps) {
  const found = view.filters.find((each) => each.field === filter);
  const isOn = found !== undefined && "values" in found && found.values.join() === "me";
  return (
    <Button
      variant="ghost"
      aria-pressed={isOn}
      className={cn("max-sm:hidden", isOn && "bg-selected text-accent-ink")}
      onClick={() =>
        change(withFilter(view, filter, isOn ? null : { field: filter, values: ["me"] }))
      }
    >
      {label}
    </Button>
  );
}
