"use client";

import { useLocale, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { formatPhone, languageName } from "@/features/customers";
import { useOwnMergeFields } from "@/features/fields";
import { MergeDialog, type MergeResource } from "@/features/records";
import type { Contact } from "../types";

const PATH = "/api/crm/contacts/{id}/merge/";
const FIELDS = [
  "salutation",
  "first_name",
  "last_name",
  "job_title",
  "department",
  "email",
  "phone",
  "phone_extension",
  "language",
  "birthday",
  "do_not_call",
  "do_not_email",
  "notes",
] as const satisfies readonly (keyof Contact)[];

const contacts: MergeResource<Contact> = {
  name: "contacts",
  load: (id, signal) => djangoApi.get("/api/crm/contacts/{id}/", { path: { id }, signal }),
  merge: (body, options) => djangoApi.post(PATH, body, { ...options, timeoutMs: 60_000 }),
  useFields: () => {
    const t = useTranslations("contacts");
    const locale = useLocale();
    const own = useOwnMergeFields("contact");
    const text = (name: (typeof FIELDS)[number], value: unknown): string => {
      if (typeof value === "boolean") return t(value ? "record.yes" : "record.no");
      const plain = String(value ?? "");
      if (name === "phone") return formatPhone(plain);
      return name === "language" && plain ? languageName(plain, locale) : plain;
    };
    const fields = FIELDS.map((name) => ({
      name,
      label: t(`fields.${name}`),
      text: (value: unknown) => text(name, value),
    }));
    return [...fields, ...own];
  },
  note: ({ job_title, email }) => [job_title, email].filter(Boolean).join(" · "),
};

interface ContactMergeProps {
  ids: readonly string[];
  onClose: () => void;
  onMerged?: (survivor: string) => void;
}

/** Makes two to five contacts into one. */
export function ContactMerge(props: ContactMergeProps) {
  return <MergeDialog resource={contacts} {...props} />;
}
