"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale } from "use-intl";
import { membersQuery, useSession } from "@/features/session";
import { countryOptions, currencyOptions, timezoneOptions } from "@/i18n/regions";
import { Combobox, type ComboboxOption } from "@/ui/combobox";
import { languageOptions } from "./languages";

export type ListType = "owner" | "country" | "currency" | "language" | "timezone";

interface ListControlProps {
  type: ListType;
  /** "" for none. */
  value: string;
  onValueChange: (value: string) => void;
  id?: string | undefined;
  onBlur?: () => void;
  defaultOpen?: boolean;
  "aria-label"?: string;
  "aria-invalid"?: boolean | undefined;
  "aria-describedby"?: string | undefined;
  "aria-required"?: boolean | undefined;
}

/** A choice among many, known by its field's type. A value that is none of them stays choosable. */
export function ListControl({ type, value, onValueChange, ...control }: ListControlProps) {
  const options = useOptions(type);
  const isKnown = value === "" || options.some((option) => option.value === value);
  return (
    <Combobox
      clearable
      options={isKnown ? options : [{ value, label: value }, ...options]}
      value={value || null}
      onValueChange={(next) => onValueChange(next ?? "")}
      {...control}
    />
  );
}

const sources: Record<Exclude<ListType, "owner">, (locale: string) => ComboboxOption[]> = {
  country: countryOptions,
  currency: currencyOptions,
  language: languageOptions,
  timezone: timezoneOptions,
};

function useOptions(type: ListType): readonly ComboboxOption[] {
  const locale = useLocale();
  const { slug } = useSession();
  const { data: members = [] } = useQuery({ ...membersQuery(slug), enabled: type === "owner" });
  const [fixed] = useState(() => (type === "owner" ? [] : sources[type](locale)));
  if (type !== "owner") return fixed;
  return members
    .filter((member) => member.status === "active")
    .map((member) => ({ value: member.id, label: member.display_name }));
}
