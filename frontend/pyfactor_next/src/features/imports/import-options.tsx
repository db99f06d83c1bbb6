"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { countryOptions } from "@/i18n/regions";
import { Checkbox } from "@/ui/checkbox";
import { Combobox } from "@/ui/combobox";
import { Field } from "@/ui/field";
import { Select } from "@/ui/select";
import { matchKeys } from "./fields";
import { availableKeys, needsCountry } from "./mapping";
import { TagChoice } from "./tag-choice";
import type { ImportChanges, ImportJob, MatchKey } from "./types";
import { useFieldLabel } from "./use-fields";

const modes = ["upsert", "create", "update"] as const;

interface ImportOptionsProps {
  job: ImportJob;
  isFixed: boolean;
  onChange: (changes: ImportChanges) => void;
}

/** What a row does, by what it recognises a record, and where local phone numbers are from. */
export function ImportOptions({ job, isFixed, onChange }: ImportOptionsProps) {
  const t = useTranslations("imports.columns");
  const labelOf = useFieldLabel();
  const locale = useLocale();
  const countries = useMemo(() => countryOptions(locale), [locale]);
  const { entity } = job;
  const keys = availableKeys(job);
  const chosen = new Set(job.match_keys);
  const lacksCountry = needsCountry(job.columns) && !job.default_country;

  return (
    <div className="flex flex-col gap-5">
      <Field label={t("mode")} hint={t(`modeHints.${job.mode}`, { entity })}>
        <Select
          value={job.mode}
          onValueChange={(mode) => onChange({ mode })}
          options={modes.map((mode) => ({ value: mode, label: t(`modes.${mode}`) }))}
          disabled={isFixed}
        />
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 text-sm font-medium">{t("keys", { entity })}</legend>
        {keys.map((key) => (
          <Checkbox
            key={key}
            label={labelOf(key)}
            checked={chosen.has(key)}
            disabled={isFixed}
            onCheckedChange={(isOn) =>
              onChange({
                // Strongest first, whatever the order of the clicks.
                match_keys: matchKeys[entity].filter((each: MatchKey) =>
                  each === key ? isOn : chosen.has(each),
                ),
              })
            }
          />
        ))}
        <p className="text-xs text-muted">
          {keys.some((key) => chosen.has(key)) ? t("keysHint", { entity }) : t("keysNone")}
        </p>
      </fieldset>
      <Field
        label={t("country")}
        hint={lacksCountry ? undefined : t("countryHint")}
        error={lacksCountry ? t("countryNeeded") : undefined}
      >
        <Combobox
          options={countries}
          value={job.default_country || null}
          onValueChange={(country) => onChange({ default_country: country ?? "" })}
          placeholder={t("countryNone")}
          clearable
          disabled={isFixed}
        />
      </Field>
      <TagChoice job={job} isFixed={isFixed} onChange={onChange} />
    </div>
  );
}
