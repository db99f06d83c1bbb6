"use client";

import { useFormatter, useLocale, useTranslations } from "use-intl";
import type { Step } from "@/api";
import { formatPhone, languageName } from "@/features/customers";
import { useOfferUndo } from "@/features/history";
import { TextProperty } from "@/features/records";
import { useErrorToast } from "@/features/session";
import { toast } from "@/ui/toast";
import { useEditContact } from "../mutations";
import type { Contact } from "../types";
import { LanguageProperty, YesNoProperty } from "./choice-property";

/** Fields of a line of text, and how long each may be. */
const TEXTS = {
  salutation: 30,
  first_name: 100,
  last_name: 100,
  job_title: 120,
  department: 120,
  email: 254,
  phone: 40,
  phone_extension: 10,
  external_id: 80,
} as const satisfies Partial<Record<keyof Contact, number>>;
type TextField = keyof typeof TEXTS;
type Field = TextField | "language" | "birthday" | "do_not_call" | "do_not_email" | "notes";

const NOTES_MAX = 20_000;
const FLAGS = ["do_not_call", "do_not_email"] as const;

/** What is known of a contact; a click on a value changes it. */
export function Properties({ contact, isReadOnly }: { contact: Contact; isReadOnly: boolean }) {
  const t = useTranslations("contacts.fields");
  const tRecord = useTranslations("contacts.record");
  const locale = useLocale();
  const format = useFormatter();
  const showError = useErrorToast();
  const offerUndo = useOfferUndo();
  const { mutateAsync: edit } = useEditContact(contact.id);
  const save = async (field: Field, value: string | boolean | null): Promise<boolean> => {
    let made: Step = [];
    try {
      await edit({ patch: { [field]: value }, onChange: (step) => (made = step) });
      toast.success(tRecord("saved", { field: t(field) }), offerUndo(made));
      return true;
    } catch (error) {
      showError(error, tRecord("saveFailed"));
      return false;
    }
  };
  const text = (name: TextField, shown = contact[name] ?? "") => (
    <TextProperty
      field={name}
      label={t(name)}
      value={contact[name] ?? ""}
      shown={shown}
      maxLength={TEXTS[name]}
      isReadOnly={isReadOnly}
      onSave={(value) => save(name, value)}
    />
  );
  const { birthday, language } = contact;
  return (
    <dl className="flex flex-col">
      {text("salutation")}
      {text("first_name")}
      {text("last_name")}
      {text("job_title")}
      {text("department")}
      {text("email")}
      {text("phone", contact.phone ? formatPhone(contact.phone) : (contact.phone_raw ?? ""))}
      {text("phone_extension")}
      <LanguageProperty
        label={t("language")}
        value={language ?? ""}
        shown={language ? languageName(language, locale) : ""}
        isReadOnly={isReadOnly}
        onSave={(value) => save("language", value)}
      />
      <TextProperty
        field="birthday"
        type="date"
        label={t("birthday")}
        value={birthday ?? ""}
        shown={
          birthday
            ? format.dateTime(new Date(`${birthday}T00:00:00Z`), {
                dateStyle: "medium",
                timeZone: "UTC",
              })
            : ""
        }
        isReadOnly={isReadOnly}
        onSave={(value) => save("birthday", value || null)}
      />
      {FLAGS.map((name) => (
        <YesNoProperty
          key={name}
          field={name}
          label={t(name)}
          value={contact[name] ?? false}
          isReadOnly={isReadOnly}
          onSave={(value) => save(name, value)}
        />
      ))}
      {text("external_id")}
      <TextProperty
        isLong
        field="notes"
        label={t("notes")}
        value={contact.notes ?? ""}
        shown={contact.notes ?? ""}
        maxLength={NOTES_MAX}
        isReadOnly={isReadOnly}
        onSave={(value) => save("notes", value)}
      />
    </dl>
  );
}
