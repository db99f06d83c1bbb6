"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { cn } from "@/ui/cn";
import { Input, Textarea } from "@/ui/input";
import { PropertyRow } from "./property-row";

interface TextPropertyProps {
  /** As the API names it. */
  field: string;
  label: string;
  /** What stands in the field. */
  value: string;
  /** What stands there otherwise. */
  shown: string;
  isReadOnly: boolean;
  type?: "text" | "date";
  inputMode?: "text" | "decimal" | "numeric";
  maxLength?: number;
  isLong?: boolean;
  /** False: it was not saved, and what was typed stays. */
  onSave: (value: string) => Promise<boolean> | boolean;
}

/** Enter saves, Escape puts back, leaving the field saves. */
export function TextProperty(props: TextPropertyProps) {
  const { field, label, value, shown, isReadOnly, type = "text", isLong = false, onSave } = props;
  const [text, setText] = useState<string | null>(null);
  const isSaving = useRef(false);
  const finish = async (): Promise<void> => {
    if (text === null || isSaving.current) return;
    if (text.trim() === value) {
      setText(null);
      return;
    }
    isSaving.current = true;
    const sent = onSave(text.trim());
    setText(null);
    if (!(await sent)) setText(text);
    isSaving.current = false;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      setText(null);
      event.stopPropagation();
    } else if (event.key === "Enter" && (!isLong || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      void finish();
    }
  };
  const control = {
    "aria-label": label,
    autoFocus: true,
    value: text ?? "",
    maxLength: props.maxLength,
    onKeyDown,
    onBlur: () => void finish(),
    onChange: (event: { target: { value: string } }) => setText(event.target.value),
  };
  return (
    <PropertyRow
      field={field}
      label={label}
      shown={shown}
      isReadOnly={isReadOnly}
      onEdit={() => setText(value)}
      valueClassName={cn(isLong && "whitespace-pre-wrap")}
    >
      {text === null ? null : isLong ? (
        <Textarea {...control} rows={5} />
      ) : (
        <Input {...control} type={type} inputMode={props.inputMode} className="px-2" />
      )}
    </PropertyRow>
  );
}
