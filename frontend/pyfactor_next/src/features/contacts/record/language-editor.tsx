"use client";

import { useState } from "react";
import { useLocale } from "use-intl";
import { languageOptions } from "@/features/customers";
import { ChoiceFrame } from "@/features/records";
import { Combobox } from "@/ui/combobox";

interface LanguageEditorProps {
  label: string;
  value: string;
  /** "" for none. */
  onChoose: (value: string) => void;
  onCancel: () => void;
}

/** In place of the value; leaving it changes nothing. */
export default function LanguageEditor({ label, value, onChoose, onCancel }: LanguageEditorProps) {
  const locale = useLocale();
  const [options] = useState(() => languageOptions(locale));
  return (
    <ChoiceFrame onCancel={onCancel}>
      <Combobox
        aria-label={label}
        defaultOpen
        clearable
        options={options}
        value={value || null}
        onValueChange={(chosen) => onChoose(chosen ?? "")}
      />
    </ChoiceFrame>
  );
}
