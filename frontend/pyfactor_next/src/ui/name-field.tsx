"use client";

import { useState } from "react";
import { cn } from "./cn";
import { Input } from "./input";

interface NameFieldProps {
  label: string;
  value: string;
  isReadOnly: boolean;
  className?: string;
  type?: "text" | "number";
  min?: number;
  max?: number;
  maxLength?: number;
  /** Saves on leaving the field and on Enter; what is refused goes back. */
  onSave: (value: string) => Promise<boolean>;
}

/** A field of a list's row that saves itself. */
export function NameField(props: NameFieldProps) {
  const {
    label,
    value,
    isReadOnly,
    className,
    type = "text",
    min,
    max,
    maxLength = 80,
    onSave,
  } = props;
  const [text, setText] = useState<string | null>(null);
  const finish = async (): Promise<void> => {
    const next = text?.trim();
    if (next !== undefined && next !== "" && next !== value) await onSave(next);
    setText(null);
  };
  if (isReadOnly) return <span className={cn("truncate text-sm", className)}>{value}</span>;
  return (
    <Input
      type={type}
      min={min}
      max={max}
      aria-label={label}
      maxLength={maxLength}
      value={text ?? value}
      className={className}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => void finish()}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setText(null);
      }}
    />
  );
}
