"use client";

import { type ReactNode, useId } from "react";
import { cn } from "./cn";

interface SegmentedProps<V extends string> {
  label: string;
  /** For the ear alone, where the choice explains itself. */
  isLabelHidden?: boolean;
  /** Help under the choice. */
  hint?: string;
  options: readonly { value: V; label: string; icon?: ReactNode }[];
  value: V;
  onValueChange: (value: V) => void;
  disabled?: boolean;
}

/** One of two or three, all of them in view. */
export function Segmented<V extends string>(props: SegmentedProps<V>) {
  const { label, isLabelHidden = false, hint, options, value, onValueChange, disabled } = props;
  const name = useId();
  return (
    <fieldset disabled={disabled} aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend className={cn(isLabelHidden ? "sr-only" : "mb-1.5 text-sm font-medium text-ink")}>
        {label}
      </legend>
      <div className="flex rounded-lg bg-sunken p-0.5 ring-1 ring-inset ring-line">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex h-8 flex-1 items-center justify-center gap-1.5 rounded-md px-3 text-sm font-medium text-muted has-checked:bg-raised has-checked:text-ink has-checked:shadow-xs has-checked:ring-1 has-checked:ring-field has-focus-visible:outline-2 has-focus-visible:outline-accent [&_svg]:size-4"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onValueChange(option.value)}
              className="sr-only"
            />
            {option.icon}
            {option.label}
          </label>
        ))}
      </div>
      {hint ? (
        <p id={`${name}-hint`} className="mt-1.5 text-xs text-muted">
          {hint}
        </p>
      ) : null}
    </fieldset>
  );
}
