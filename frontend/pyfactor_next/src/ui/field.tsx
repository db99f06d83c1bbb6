"use client";

import { CircleAlert } from "lucide-react";
import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { cn } from "./cn";

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
  /** One control that takes id, aria-invalid, aria-describedby and aria-required. */
  children: ReactElement<ControlProps>;
}

interface ControlProps {
  id?: string | undefined;
  "aria-invalid"?: boolean | undefined;
  "aria-describedby"?: string | undefined;
  "aria-required"?: boolean | undefined;
}

/** Label, control, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, required, aside, className, children }: FieldProps) {
  const own = useId();
  const id = children.props.id ?? own;
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="text-sm font-medium text-ink">
          {label}
          {required ? (
            <span aria-hidden className="ml-0.5 text-danger-ink">
              *
            </span>
          ) : null}
        </label>
        {aside}
      </div>
      {cloneElement(children, {
        id,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": described || undefined,
        "aria-required": required || undefined,
      })}
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
