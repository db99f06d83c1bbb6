"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useDebounced } from "@/features/records";
import { useSession } from "@/features/session";
import type { ComboboxOption } from "@/ui/combobox";
import { Lookup } from "@/ui/lookup";
import { contactsLookup, customersLookup } from "../queries";

const SEARCH_MS = 150;

interface PickerProps {
  value: ComboboxOption | null;
  onChange: (option: ComboboxOption | null) => void;
  /** Ids that are not offered. */
  without?: readonly string[];
}

/** A contact, found by name, e-mail, phone or job title. */
export function ContactPicker({ value, onChange, without = [] }: PickerProps) {
  const t = useTranslations("contacts.links");
  const { slug } = useSession();
  const [text, setText] = useState("");
  const { data = [] } = useQuery(contactsLookup(slug, useDebounced(text.trim(), SEARCH_MS)));
  const options = data
    .filter(({ id }) => !without.includes(id))
    .map(({ id, display_name: label, job_title, email }) => ({
      value: id,
      label,
      note: job_title || email || "",
    }));
  return (
    <Lookup
      options={options}
      onSearch={setText}
      value={value}
      onValueChange={onChange}
      placeholder={t("findContact")}
    />
  );
}

/** A customer, found by name, number or whatever else the list finds them by. */
export function CustomerPicker({ value, onChange, without = [] }: PickerProps) {
  const t = useTranslations("contacts.form");
  const { slug } = useSession();
  const [text, setText] = useState("");
  const { data = [] } = useQuery(customersLookup(slug, useDebounced(text.trim(), SEARCH_MS)));
  const options = data
    .filter(({ id }) => !without.includes(id))
    .map(({ id, display_name: label, account_number: note }) => ({ value: id, label, note }));
  return (
    <Lookup
      options={options}
      onSearch={setText}
      value={value}
      onValueChange={onChange}
      placeholder={t("findCustomer")}
    />
  );
}
