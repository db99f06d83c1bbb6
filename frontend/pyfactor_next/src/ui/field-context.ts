"use client";

import { createContext, useContext } from "react";

export interface ControlProps {
  id?: string | undefined;
  "aria-invalid"?: boolean | "true" | "false" | "grammar" | "spelling" | undefined;
  "aria-describedby"?: string | undefined;
  "aria-required"?: boolean | "true" | "false" | undefined;
}

export const FieldContext = createContext<ControlProps>({});

/** What the Field around a control says of it; the control's own props win. */
export function useFieldControl<P extends ControlProps>(own: P): P {
  const field = useContext(FieldContext);
  return { ...field, ...own };
}
