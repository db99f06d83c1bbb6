"use client";

import { useEffect, useRef, useState } from "react";
import { useLocale } from "use-intl";
import { languageOptions } from "@/features/customers";
import { Combobox } from "@/ui/combobox";

/** How long the focus may be away, on its way into the list of choices. */
const AWAY_MS = 200;

interface LanguageEditorProps {
  label: string;
  value: string;
  /** "" for none. */
  onChoose: (value: string) => void;
  onCancel: () => void;
}

/** In place of the value; leaving it changes nothing. */
export default function LanguageEditor({ label, value, onChoose, onCancel }: LanguageEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const locale = useLocale();
  const [options] = useState(() => languageOptions(locale));
  useEffect(() => box.current?.querySelector("input")?.focus(), []);
  const isInUse = (): boolean => {
    const input = box.current?.querySelector("input");
    return input?.getAttribute("aria-expanded") === "true" || document.activeElement === input;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the input inside
    <div
      ref={box}
      onKeyDownCapture={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onCancel();
      }}
      onBlur={() =>
        setTimeout(() => {
          if (box.current && !isInUse()) onCancel();
        }, AWAY_MS)
      }
    >
      <Combobox
        aria-label={label}
        defaultOpen
        clearable
        options={options}
        value={value || null}
        onValueChange={(chosen) => onChoose(chosen ?? "")}
      />
    </div>
  );
}
