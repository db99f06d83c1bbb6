"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale } from "use-intl";
import { ChoiceFrame } from "@/features/records";
import { membersQuery, useSession } from "@/features/session";
import { currencyOptions } from "@/i18n/regions";
import { Combobox, type ComboboxOption } from "@/ui/combobox";
import { CustomerPicker } from "../form/customer-picker";
import { lostReasonsQuery } from "../queries";
import type { ChoiceType } from "./choice-property";

interface ChoiceEditorProps {
  type: ChoiceType;
  label: string;
  value: string | null;
  shown: string;
  onChoose: (value: string | null, name: string) => void;
  onCancel: () => void;
}

/** One of many, in place of a value; only the owner may be nobody. */
export default function ChoiceEditor(props: ChoiceEditorProps) {
  const { type, label, value, shown, onChoose, onCancel } = props;
  const options = useOptions(type);
  return (
    <ChoiceFrame onCancel={onCancel}>
      {type === "customer" ? (
        <CustomerPicker
          aria-label={label}
          value={value ? { value, label: shown } : null}
          onChange={(option) => {
            if (option) onChoose(option.value, option.label);
          }}
        />
      ) : (
        <Combobox
          aria-label={label}
          defaultOpen
          clearable={type === "owner"}
          options={options}
          value={value}
          onValueChange={(chosen) => {
            if (chosen === null && type !== "owner") return;
            onChoose(chosen, options.find((option) => option.value === chosen)?.label ?? "");
          }}
        />
      )}
    </ChoiceFrame>
  );
}

function useOptions(type: ChoiceType): readonly ComboboxOption[] {
  const { slug } = useSession();
  const { data: members = [] } = useQuery({ ...membersQuery(slug), enabled: type === "owner" });
  const { data: reasons = [] } = useQuery({
    ...lostReasonsQuery(slug),
    enabled: type === "lostReason",
  });
  const locale = useLocale();
  const [currencies] = useState(() => (type === "currency" ? currencyOptions(locale) : []));
  if (type === "currency") return currencies;
  if (type === "lostReason") {
    return reasons
      .filter((reason) => reason.is_active)
      .map(({ id, name }) => ({ value: id, label: name }));
  }
  return members
    .filter((member) => member.status === "active")
    .map(({ id, display_name: label }) => ({ value: id, label }));
}
