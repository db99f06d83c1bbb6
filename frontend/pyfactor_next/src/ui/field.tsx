"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { FieldContext } from "./field-context";

interface FieldProps {
  label: ReactNode;
  /** Help under the control. */
  hint?: ReactNode;
  /** The error's text; its presence marks the control invalid. */
  error?: string | undefined;
  required?: boolean;
  /** Right of the label, e.g. a "Forgotten?" link. */
  aside?: ReactNode;
  className?: string;
  /** Id of the control, when something else refers to it. */
  id?: string;
  /** One control of the kit, however deep inside: it finds its id and description here. */
  children: ReactNode;
}

/** Label, control, hint and error, tied together for screen readers. */
export function Field(props: FieldProps) {
  const { label, hint, error, required, aside, className, children } = props;
  const own = useId();
  const id = props.id ?? own;
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="text-sm font-medium text-ink">
          {label}
          {required ? (
            <span aria-hidden className="ms-0.5 text-danger-ink">
              *
            </span>
          ) : null}
        </label>
        {aside}
      </div>
      <FieldContext
        value={{
          id,
          "aria-invalid": error ? true : undefined,
          "aria-describedby": described || undefined,
          "aria-required": required || undefined,
        }}
      >
        {children}
      </FieldContext>
      {hint ? (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      ) : null}
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}

export function FieldError({ id, message }: { id?: string; message: string | undefined }) {
  if (!message) return null;
  return (
    <p id={id} className="flex items-start gap-1 text-xs text-danger-ink">
      <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
      {message}
    </p>
  );
}

/** The error that belongs to no single field; read out when it appears. */
export function FormAlert({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <div
      role="alert"
      className="flex items-start gap-2 rounded-md bg-danger-soft px-3 py-2 text-sm text-danger-ink"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
