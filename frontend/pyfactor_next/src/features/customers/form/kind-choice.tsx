"use client";

import { Building2, UserRound } from "lucide-react";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { type CustomerValues, KINDS } from "../types";

interface KindChoiceProps {
  value: CustomerValues["kind"];
  onChange: (kind: CustomerValues["kind"]) => void;
}

/** Business or person: decides which name is asked for. */
export function KindChoice({ value, onChange }: KindChoiceProps) {
  const t = useTranslations("customers");
  const name = useId();
  return (
    <fieldset className="flex rounded-lg bg-sunken p-0.5 ring-1 ring-inset ring-line">
      <legend className="sr-only">{t("fields.kind")}</legend>
      {KINDS.map((kind) => (
        <label
          key={kind}
          className="flex h-8 flex-1 items-center justify-center gap-1.5 rounded-md text-sm font-medium text-muted has-checked:bg-raised has-checked:text-ink has-checked:shadow-xs has-checked:ring-1 has-checked:ring-field has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            value={kind}
            checked={value === kind}
            onChange={() => onChange(kind)}
            className="sr-only"
          />
          {kind === "business" ? (
            <Building2 aria-hidden className="size-4" />
          ) : (
            <UserRound aria-hidden className="size-4" />
          )}
          {t(`kinds.${kind}`)}
        </label>
      ))}
    </fieldset>
  );
}
