"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { membersQuery, useSession } from "@/features/session";
import { useTagOptions } from "@/features/tags";
import { countryOptions } from "@/i18n/regions";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import type { ListWords, Option } from "../resource";
import type { ListSpec } from "../source";
import { DateFilterEditor } from "./date-filter-editor";
import type { Filter } from "./filters";

interface FilterEditorProps {
  spec: ListSpec;
  words: ListWords;
  field: string;
  filter: Filter | null;
  /** Null takes the condition away. */
  onChange: (filter: Filter | null) => void;
  /** The condition is complete; the popover may close. */
  onDone: () => void;
}

/** Operator and value of one condition. Choices take effect at once, text and dates with Apply. */
export function FilterEditor(props: FilterEditorProps) {
  const { spec, words, field, filter, onChange, onDone } = props;
  const type = spec.filters[field]?.type;
  const values = filter && "values" in filter ? filter.values : [];
  const setValues = (next: readonly string[]): void =>
    onChange(next.length > 0 ? { field, values: next } : null);
  switch (type) {
    case "date":
      return (
        <DateFilterEditor
          range={filter && "range" in filter ? filter.range : null}
          onApply={(range) => {
            onChange({ field, range });
            onDone();
          }}
        />
      );
    case "text":
      return (
        <WordsEditor
          values={values}
          onApply={(next) => {
            setValues(next);
            onDone();
          }}
        />
      );
    case "owner":
      return <OwnerList values={values} onChange={setValues} />;
    case "tag":
      return <TagList values={values} onChange={setValues} />;
    case "country":
      return <CountryList values={values} onChange={setValues} />;
    case "one":
      return (
        <OptionList
          options={words.options(field)}
          values={values}
          onChange={(next) => setValues(next.slice(-1))}
        />
      );
    default:
      return <OptionList options={words.options(field)} values={values} onChange={setValues} />;
  }
}

function OptionList(props: {
  options: readonly Option[];
  values: readonly string[];
  onChange: (values: readonly string[]) => void;
}) {
  const t = useTranslations("records.list.filter");
  const [text, setText] = useState("");
  const { options, values, onChange } = props;
  const wanted = text.trim().toLowerCase();
  const shown = options.filter((option) =>
    `${option.label} ${option.value}`.toLowerCase().includes(wanted),
  );
  return (
    <div className="flex flex-col gap-2">
      {options.length > 8 ? (
        <Input
          aria-label={t("find")}
          placeholder={t("find")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      ) : null}
      <ul className="-mx-1.5 max-h-64 overflow-y-auto">
        {shown.map((option) => (
          <li key={option.value}>
            <Checkbox
              className="rounded-md px-1.5 py-1.5 hover:bg-hover"
              label={option.label}
              checked={values.includes(option.value)}
              onCheckedChange={(checked) =>
                onChange(
                  checked
                    ? [...values, option.value]
                    : values.filter((value) => value !== option.value),
                )
              }
            />
          </li>
        ))}
        {shown.length === 0 ? (
          <li className="px-1.5 py-2 text-muted">{t("nothingFound")}</li>
        ) : null}
      </ul>
    </div>
  );
}

interface ListProps {
  values: readonly string[];
  onChange: (values: readonly string[]) => void;
}

function OwnerList(props: ListProps) {
  const t = useTranslations("records.list.filter");
  const { slug } = useSession();
  const { data: members = [] } = useQuery(membersQuery(slug));
  const options = [
    { value: "me", label: t("me") },
    ...members.map((member) => ({ value: member.id, label: member.display_name })),
  ];
  return <OptionList options={options} {...props} />;
}

function TagList(props: ListProps) {
  return <OptionList options={useTagOptions()} {...props} />;
}

function CountryList(props: ListProps) {
  const locale = useLocale();
  const [options] = useState(() => countryOptions(locale));
  return <OptionList options={options} {...props} />;
}

function WordsEditor(props: {
  values: readonly string[];
  onApply: (values: readonly string[]) => void;
}) {
  const t = useTranslations("records.list.filter");
  const [text, setText] = useState(props.values.join(", "));
  const words = [...new Set(text.split(",").map((word) => word.trim()))].filter(Boolean);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        props.onApply(words);
      }}
    >
      <Field label={t("anyOf")} hint={t("wordsHint")}>
        <Input autoFocus value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary">
        {t("apply")}
      </Button>
    </form>
  );
}
