"use client";

import { useEffect, useId, useRef } from "react";
import { FieldError } from "@/ui/field";
import { ListControl, type ListType } from "../list-control";
import type { PropertyEditorProps } from "./property-editor";

/** How long the focus may be away, on its way into the list of choices. */
const AWAY_MS = 200;

/** A choice among many in place of a value. Tab goes on without a choice, Escape puts all back. */
export default function ListEditor(props: PropertyEditorProps & { type: ListType }) {
  const { type, initial, error, isFocused, onFinish, onCancel } = props;
  const errorId = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isFocused) return undefined;
    box.current?.querySelector("input")?.focus();
    // A list that is open from the start begins at its top, and not at the value as one opened later.
    const frame = requestAnimationFrame(() => {
      const chosen = document.querySelector("[role=option][aria-selected=true]");
      chosen?.scrollIntoView({ block: "nearest" });
    });
    return () => cancelAnimationFrame(frame);
  }, [isFocused]);
  const isInUse = (): boolean => {
    const input = box.current?.querySelector("input");
    return input?.getAttribute("aria-expanded") === "true" || document.activeElement === input;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the input inside
    <div
      ref={box}
      className="flex flex-col gap-1 pb-1"
      onKeyDownCapture={(event) => {
        if (event.key === "Escape") onCancel();
        else if (event.key === "Tab") {
          onCancel();
          onFinish(initial as string | null, event.shiftKey ? -1 : 1);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onBlur={() => {
        setTimeout(() => {
          if (box.current && !isInUse() && !error) onCancel();
        }, AWAY_MS);
      }}
    >
      <ListControl
        type={type}
        defaultOpen={isFocused}
        aria-label={props.label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? errorId : undefined}
        value={typeof initial === "string" ? initial : ""}
        onValueChange={(value) => onFinish(type === "owner" && value === "" ? null : value, 0)}
      />
      <FieldError id={errorId} message={error} />
    </div>
  );
}
