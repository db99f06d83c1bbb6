"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";

export const controlStyle =
  "w-full min-w-0 rounded-md bg-raised px-2.5 text-ink shadow-xs ring-1 ring-inset ring-field outline-none transition-shadow placeholder:text-faint hover:ring-line-strong focus:ring-2 focus:ring-accent disabled:bg-sunken disabled:text-muted disabled:hover:ring-field [&[readonly]]:bg-sunken aria-invalid:ring-danger aria-invalid:focus:ring-danger";

/** A one-line text field. Inside a Field it gets its id and description from there. */
export function Input({ className, ...own }: ComponentProps<"input">) {
  const rest = useFieldControl(own);
  return <input className={cn(controlStyle, "h-9 md:h-8 md:text-sm", className)} {...rest} />;
}

export function Textarea({ className, rows = 4, ...own }: ComponentProps<"textarea">) {
  const rest = useFieldControl(own);
  return (
    <textarea
      rows={rows}
      className={cn(controlStyle, "resize-y py-1.5 md:text-sm", className)}
      {...rest}
    />
  );
}
