"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

interface CheckboxProps extends Omit<ComponentProps<typeof Base.Root>, "className" | "children"> {
  className?: string;
  /** Text beside the box; without it pass aria-label. */
  label?: ReactNode;
  hint?: ReactNode;
}

export function Checkbox({ className, label, hint, ...rest }: CheckboxProps) {
  const box = (
    <Base.Root
      className={cn(
        "flex size-4 shrink-0 items-center justify-center rounded-sm bg-raised ring-1 ring-inset ring-line-strong transition-colors data-checked:bg-accent data-checked:ring-accent data-indeterminate:bg-accent data-indeterminate:ring-accent data-disabled:opacity-50",
        label ? "mt-0.5" : className,
      )}
      {...rest}
    >
      <Base.Indicator className="flex text-on-accent data-unchecked:hidden">
        {rest.indeterminate ? (
          <Minus aria-hidden strokeWidth={3} className="size-3" />
        ) : (
          <Check aria-hidden strokeWidth={3} className="size-3" />
        )}
      </Base.Indicator>
    </Base.Root>
  );
  if (!label) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the box inside
    <label className={cn("flex items-start gap-2 text-sm", className)}>
      {box}
      <span className="flex flex-col">
        <span>{label}</span>
        {hint ? <span className="text-xs text-muted">{hint}</span> : null}
      </span>
    </label>
  );
}
