"use client";

import { Switch as Base } from "@base-ui/react/switch";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

interface SwitchProps extends Omit<ComponentProps<typeof Base.Root>, "className" | "children"> {
  label: ReactNode;
  hint?: ReactNode;
  className?: string;
}

/** A setting that takes effect at once. In a form that is saved, use Checkbox. */
export function Switch({ label, hint, className, ...rest }: SwitchProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the switch inside
    <label className={cn("flex items-start justify-between gap-4 text-sm", className)}>
      <span className="flex flex-col">
        <span className="font-medium">{label}</span>
        {hint ? <span className="text-xs text-muted">{hint}</span> : null}
      </span>
      <Base.Root
        className="mt-0.5 flex h-5 w-9 shrink-0 rounded-full bg-line-strong p-0.5 transition-colors data-checked:bg-accent data-disabled:opacity-50"
        {...rest}
      >
        <Base.Thumb className="size-4 rounded-full bg-on-accent shadow-xs transition-transform data-checked:translate-x-4 rtl:data-checked:-translate-x-4" />
      </Base.Root>
    </label>
  );
}
