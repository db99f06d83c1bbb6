"use client";

import type { ReactNode } from "react";
import { FormAlert } from "@/ui/field";

interface DialogFormProps {
  /** What the buttons in the dialog's footer name in `form`. */
  id: string;
  /** The error that belongs to no field. */
  alert: string | undefined;
  onSubmit: (event: React.SyntheticEvent) => Promise<void>;
  children: ReactNode;
}

/** The form inside a dialog; Ctrl or ⌘ with Enter sends it from every field. */
export function DialogForm({ id, alert, onSubmit, children }: DialogFormProps) {
  return (
    <form
      id={id}
      method="post"
      noValidate
      onSubmit={(event) => void onSubmit(event)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void onSubmit(event);
      }}
      className="flex flex-col gap-4"
    >
      <FormAlert>{alert}</FormAlert>
      {children}
    </form>
  );
}
