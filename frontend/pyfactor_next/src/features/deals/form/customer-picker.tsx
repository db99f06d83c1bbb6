"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useDebounced } from "@/features/records";
import { useSession } from "@/features/session";
import type { ComboboxOption } from "@/ui/combobox";
import { Lookup } from "@/ui/lookup";
import { customersLookup } from "../queries";

const SEARCH_MS = 150;

interface CustomerPickerProps {
  value: ComboboxOption | null;
  onChange: (customer: ComboboxOption | null) => void;
  disabled?: boolean;
  placeholder?: string;
  "aria-label"?: string;
}

/** A customer, found by name, number or whatever else the list finds them by. */
export function CustomerPicker({ value, onChange, ...rest }: CustomerPickerProps) {
  const { slug } = useSession();
  const [text, setText] = useState("");
  const { data: customers = [] } = useQuery(
    customersLookup(slug, useDebounced(text.trim(), SEARCH_MS)),
  );
  const options = customers.map(({ id, display_name: label, account_number: note }) => ({
    value: id,
    label,
    note,
  }));
  return (
    <Lookup options={options} onSearch={setText} value={value} onValueChange={onChange} {...rest} />
  );
}
