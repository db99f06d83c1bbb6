"use client";

import { useState } from "react";
import { isApiError } from "@/api";
import type { OwnValues } from "./types";

/** Where the API points to: /custom/<key>, of money /custom/<key>/amount. */
const PREFIX = "custom/";

/** What was said against values: key → message. */
export function ownErrors(error: unknown): Readonly<Record<string, string>> {
  if (!isApiError(error)) return {};
  const told = error.fieldErrors.flatMap(({ field, message }) => {
    const key = field?.startsWith(PREFIX) ? field.slice(PREFIX.length).split("/")[0] : undefined;
    return key === undefined ? [] : [[key, message] as const];
  });
  return Object.fromEntries(told);
}

/** Whether everything that was refused is an own field, and so is told at its input. */
export function isOnlyOwn(error: unknown): boolean {
  return (
    isApiError(error) &&
    error.fieldErrors.length > 0 &&
    error.fieldErrors.every(({ field }) => field?.startsWith(PREFIX))
  );
}

/** The own fields of a form: values to begin with, what was changed, and what was refused. */
export function useOwnValues(initial: OwnValues) {
  const [changed, setChanged] = useState<OwnValues>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  return {
    values: { ...initial, ...changed } as OwnValues,
    changed,
    isChanged: Object.keys(changed).length > 0,
    errors,
    change: (key: string, value: unknown) => {
      setChanged((all) => ({ ...all, [key]: value }));
      setErrors((all) => Object.fromEntries(Object.entries(all).filter(([name]) => name !== key)));
    },
    refuse: (error: unknown) => setErrors(ownErrors(error)),
    reset: () => {
      setChanged({});
      setErrors({});
    },
  };
}

export type OwnForm = ReturnType<typeof useOwnValues>;
