"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { useErrorText } from "@/features/session";
import type { Contact } from "../types";

/** What the form asks for. */
export const FORM_FIELDS = [
  "first_name",
  "last_name",
  "job_title",
  "department",
  "email",
  "phone",
] as const satisfies readonly (keyof Contact)[];
export type FormField = (typeof FORM_FIELDS)[number];
export type FormValues = Record<FormField, string>;

export const emptyForm: FormValues = {
  first_name: "",
  last_name: "",
  job_title: "",
  department: "",
  email: "",
  phone: "",
};

export function formOf(contact: Contact): FormValues {
  const values = { ...emptyForm };
  for (const name of FORM_FIELDS) values[name] = contact[name] ?? "";
  return values;
}

/** First and last word of a typed name, for a form that begins with it. */
export function namesOf(text: string): Pick<FormValues, "first_name" | "last_name"> {
  const [first = "", ...others] = text.trim().split(/\s+/);
  return { first_name: first, last_name: others.join(" ") };
}

/** The values of a contact's form and what is wrong with them. */
export function useContactForm(initial: FormValues) {
  const t = useTranslations("contacts.form");
  const explain = useErrorText();
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Partial<FormValues>>({});
  const [alert, setAlert] = useState<string>();
  return {
    values,
    errors,
    alert,
    set: (name: FormField, value: string): void => {
      setValues((now) => ({ ...now, [name]: value }));
      setErrors(({ [name]: _mended, ...rest }) => rest);
    },
    /** The trimmed values; null, and said at the field, when there is no name. */
    checked: (): FormValues | null => {
      setAlert(undefined);
      const entries = FORM_FIELDS.map((name) => [name, values[name].trim()]);
      const trimmed = Object.fromEntries(entries) as FormValues;
      if (trimmed.first_name || trimmed.last_name) return trimmed;
      setErrors({ first_name: t("nameRequired") });
      return null;
    },
    /** Puts what the server says to the fields it is about, and the rest above the form. */
    refuse: (error: unknown): void => {
      const told = isApiError(error) ? error.fieldErrors : [];
      const known = told.filter(({ field }) => field in values);
      setErrors(Object.fromEntries(known.map(({ field, message }) => [field, message])));
      if (known.length === 0) setAlert(told[0]?.message ?? explain(error).description);
    },
  };
}

export type ContactForm = ReturnType<typeof useContactForm>;
