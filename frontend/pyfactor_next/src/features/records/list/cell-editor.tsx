"use client";

import { useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { useErrorText } from "@/features/session";
import { cn } from "@/ui/cn";
import { Combobox, type ComboboxOption } from "@/ui/combobox";
import { Input } from "@/ui/input";

export interface CellEditorProps {
  /** The column's name. */
  label: string;
  /** "" for none. */
  value: string;
  /** Given: one of these. */
  options?: readonly ComboboxOption[];
  /** Of what is typed; a text without one. */
  type?: "text" | "date";
  inputMode?: "text" | "decimal" | "numeric";
  /** Whether it may be left empty; only asked of options. */
  isClearable?: boolean;
  /** Rejects with what the server says against it. */
  save: (value: string) => Promise<void>;
  close: (step?: 0 | 1 | -1) => void;
}

/** A table's cell while it is edited: Enter and Tab save, Escape gives up; what is refused stays. */
export function CellEditor(props: CellEditorProps) {
  const { label, options, save, close } = props;
  const t = useTranslations("records.cell");
  const errorText = useErrorText();
  const errorId = useId();
  const [value, setValue] = useState(props.value);
  const [error, setError] = useState<string | null>(null);
  const isDone = useRef(false);
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Also where Tab has led here from the cell before.
    whole.current?.querySelector("input")?.focus();
  }, []);

  const commit = async (next: string, step: 0 | 1 | -1): Promise<void> => {
    if (isDone.current) return;
    isDone.current = true;
    if (next === props.value) {
      close(step);
      return;
    }
    try {
      await save(next);
      close(step);
    } catch (refusal) {
      isDone.current = false;
      const detail = isApiError(refusal) ? refusal.fieldErrors[0]?.message : undefined;
      setError(detail ?? errorText(refusal).description);
    }
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape") {
      isDone.current = true;
      close();
    } else if (event.key === "Tab") {
      event.preventDefault();
      void commit(value, event.shiftKey ? -1 : 1);
    } else if (event.key === "Enter" && !options) {
      event.preventDefault();
      void commit(value.trim(), 0);
    }
  };
  const control = {
    "aria-label": label,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error ? errorId : undefined,
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens to what its control is told
    <div ref={whole} className="relative w-full" onKeyDown={onKeyDown}>
      {options ? (
        <Combobox
          defaultOpen
          clearable={props.isClearable ?? false}
          options={options}
          value={value || null}
          onValueChange={(next) => {
            setValue(next ?? "");
            void commit(next ?? "", 0);
          }}
          {...control}
        />
      ) : (
        <Input
          type={props.type ?? "text"}
          inputMode={props.inputMode}
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setValue(event.target.value)}
          onBlur={() => void commit(value.trim(), 0)}
          className={cn("h-7 md:h-7", error && "border-danger")}
          {...control}
        />
      )}
      {error ? (
        <p
          id={errorId}
          role="alert"
          className="absolute inset-s-0 top-full z-10 mt-0.5 w-max max-w-72 rounded-md bg-raised px-2 py-1 text-xs whitespace-normal text-danger-ink shadow-popup"
        >
          {error}
          <span className="sr-only"> {t("stays")}</span>
        </p>
      ) : null}
    </div>
  );
}
