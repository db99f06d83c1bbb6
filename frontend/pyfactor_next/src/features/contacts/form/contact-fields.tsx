"use client";

import { useTranslations } from "use-intl";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { type ContactForm, FORM_FIELDS, type FormField } from "./use-contact-form";

const LENGTHS: Record<FormField, number> = {
  first_name: 100,
  last_name: 100,
  job_title: 120,
  department: 120,
  email: 254,
  phone: 40,
};
const TYPES: Partial<Record<FormField, "email" | "tel">> = { email: "email", phone: "tel" };

/** The fields of a contact's form; the names first. */
export function ContactFields({ form }: { form: ContactForm }) {
  const t = useTranslations("contacts.fields");
  return (
    <div className="grid items-start gap-x-4 gap-y-3.5 sm:grid-cols-2">
      {FORM_FIELDS.map((name, place) => (
        <Field key={name} label={t(name)} error={form.errors[name]}>
          <Input
            autoFocus={place === 0}
            type={TYPES[name] ?? "text"}
            maxLength={LENGTHS[name]}
            autoComplete="off"
            value={form.values[name]}
            onChange={(event) => form.set(name, event.target.value)}
          />
        </Field>
      ))}
    </div>
  );
}
