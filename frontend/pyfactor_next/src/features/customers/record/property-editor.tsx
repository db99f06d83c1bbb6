"use client";

import { type KeyboardEvent, lazy, Suspense, useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { FieldError } from "@/ui/field";
import { Input, Textarea } from "@/ui/input";
import { Skeleton } from "@/ui/skeleton";
import type { FieldSpec, FieldType } from "../fields";
import { completeUrl } from "../phone";
import type { FieldValue } from "../types";
import type { Move } from "./moves";

const ListEditor = lazy(() => import("./list-editor"));

export interface PropertyEditorProps {
  spec: FieldSpec;
  label: string;
  initial: FieldValue;
  /** Why the server refused what stands in the field. */
  error: string | undefined;
  /** Takes the focus when it appears. */
  isFocused: boolean;
  onFinish: (value: string | null, move: Move) => void;
  onCancel: () => void;
}

/** Enter saves, Escape cancels, Tab saves and moves. */
export function PropertyEditor(props: PropertyEditorProps) {
  const { type } = props.spec;
  const isList =
    type === "owner" ||
    type === "country" ||
    type === "currency" ||
    type === "language" ||
    type === "timezone";
  if (!isList) return <TextEditor {...props} />;
  return (
    <Suspense fallback={<Skeleton className="mb-1 h-8" />}>
      <ListEditor {...props} type={type} />
    </Suspense>
  );
}

const inputTypes: Partial<Record<FieldType, string>> = {
  email: "email",
  phone: "tel",
  url: "url",
  date: "date",
};

function TextEditor(props: PropertyEditorProps) {
  const { spec, initial, error, isFocused } = props;
  const t = useTranslations("customers.edit");
  const errorId = useId();
  const control = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const isDone = useRef(false);
  const [text, setText] = useState(String(initial ?? ""));
  useFocus(control, isFocused);
  useEffect(() => {
    // Refused: the same editor goes on.
    isDone.current = false;
  }, [error]);

  const finish = (move: Move): void => {
    if (isDone.current) return;
    isDone.current = true;
    const value = spec.type === "url" ? completeUrl(text) : text;
    props.onFinish(spec.type === "date" && value === "" ? null : value, move);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const isSave =
      event.key === "Enter" && (spec.type !== "multiline" || event.metaKey || event.ctrlKey);
    if (isSave) finish(0);
    else if (event.key === "Tab") finish(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      isDone.current = true;
      props.onCancel();
    } else return;
    event.preventDefault();
  };
  const shared = {
    ref: control,
    "aria-label": props.label,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error ? errorId : undefined,
    value: text,
    maxLength: spec.maxLength,
    onKeyDown,
    onChange: (event: { target: { value: string } }) => setText(event.target.value),
    onBlur: () => {
      // Leaving a refused text as it is would only be refused again.
      if (!error || text !== String(initial ?? "")) finish(0);
    },
  };
  return (
    <div className={cn("flex flex-col gap-1", (error || spec.type === "multiline") && "pb-1")}>
      {spec.type === "multiline" ? (
        <>
          <Textarea {...shared} rows={Math.min(16, Math.max(4, text.split("\n").length + 1))} />
          <p className="text-xs text-muted">{t("multilineHint")}</p>
        </>
      ) : (
        <Input
          {...shared}
          type={inputTypes[spec.type] ?? "text"}
          autoComplete="off"
          className="px-2"
        />
      )}
      <FieldError id={errorId} message={error} />
    </div>
  );
}

function useFocus(control: React.RefObject<HTMLInputElement | null>, isFocused: boolean): void {
  useEffect(() => {
    if (!isFocused) return;
    control.current?.focus();
    // A date field has no text to select.
    if (control.current?.type !== "date" && control.current?.tagName === "INPUT") {
      control.current.select();
    }
  }, [control, isFocused]);
}
