"use client";

import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { currencyOptions } from "@/i18n/regions";
import { Checkbox } from "@/ui/checkbox";
import { Combobox } from "@/ui/combobox";
import { Field, FieldError } from "@/ui/field";
import { Input, Textarea } from "@/ui/input";
import { Select } from "@/ui/select";
import { instantOf, localInput } from "./instants";
import { listOf, type Money, moneyOf, type OwnField, type OwnFieldType } from "./types";

interface OwnInputProps {
  field: OwnField;
  value: unknown;
  /** null takes the value away. */
  onChange: (value: unknown) => void;
  error?: string | undefined;
  autoFocus?: boolean;
  /** The currency that an amount begins with. */
  currency: string;
  className?: string;
}

const INPUT_TYPES: Partial<Record<OwnFieldType, string>> = {
  date: "date",
  datetime: "datetime-local",
  email: "email",
  phone: "tel",
};
const NOTHING = "-";

/** The input of an own field, by its type, with its label. */
export function OwnInput(props: OwnInputProps) {
  const { field, value, onChange, error, className } = props;
  if (field.type === "bool") {
    return (
      <div className={className}>
        <Checkbox
          label={field.label}
          checked={value === true}
          onCheckedChange={(checked) => onChange(checked)}
        />
        <FieldError message={error} />
      </div>
    );
  }
  if (field.type === "multi_select") return <Choices {...props} />;
  return (
    <Field
      label={field.label}
      error={error}
      required={field.is_required}
      {...(className ? { className } : {})}
    >
      <Control {...props} />
    </Field>
  );
}

function Control({
  field,
  value,
  onChange,
  autoFocus = false,
  currency,
}: OwnInputProps): ReactNode {
  const t = useTranslations("fields");
  const text = typeof value === "string" ? value : "";
  if (field.type === "select") {
    const options = field.options
      .filter((option) => !option.is_archived || option.id === value)
      .map(({ id, label }) => ({ value: id, label }));
    return (
      <Select
        value={text || NOTHING}
        onValueChange={(next) => onChange(next === NOTHING ? null : next)}
        options={[{ value: NOTHING, label: t("nothing") }, ...options]}
      />
    );
  }
  if (field.type === "money") {
    return <MoneyControl value={value} onChange={onChange} currency={currency} />;
  }
  if (field.type === "long_text") {
    return (
      <Textarea
        value={text}
        rows={3}
        maxLength={20_000}
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.target.value || null)}
      />
    );
  }
  const isInstant = field.type === "datetime";
  return (
    <Input
      type={INPUT_TYPES[field.type] ?? "text"}
      inputMode={field.type === "number" ? "decimal" : field.type === "url" ? "url" : undefined}
      dir={["number", "url", "email", "phone"].includes(field.type) ? "ltr" : "auto"}
      autoComplete="off"
      autoFocus={autoFocus}
      value={isInstant ? localInput(value) : text}
      onChange={(event) => {
        const { value: typed } = event.target;
        onChange(isInstant ? instantOf(typed) : typed || null);
      }}
    />
  );
}

function MoneyControl(props: Pick<OwnInputProps, "value" | "onChange" | "currency">) {
  const t = useTranslations("fields");
  const locale = useLocale();
  const [options] = useState(() => currencyOptions(locale));
  const money: Money = moneyOf(props.value) ?? { amount: "", currency: props.currency };
  const change = (part: Partial<Money>): void => {
    const next = { ...money, ...part };
    props.onChange(next.amount === "" ? null : next);
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-2">
      <Input
        inputMode="decimal"
        dir="ltr"
        value={money.amount}
        onChange={(event) => change({ amount: event.target.value })}
      />
      <Combobox
        aria-label={t("currency")}
        options={options}
        value={money.currency || null}
        onValueChange={(next) => change({ currency: next ?? "" })}
      />
    </div>
  );
}

function Choices({ field, value, onChange, error, className }: OwnInputProps) {
  const chosen = listOf(value);
  const shown = field.options.filter(({ id, is_archived }) => !is_archived || chosen.includes(id));
  return (
    <fieldset className={className}>
      <legend className="mb-1.5 text-sm font-medium text-ink">
        {field.label}
        {field.is_required ? (
          <span aria-hidden className="ms-0.5 text-danger-ink">
            *
          </span>
        ) : null}
      </legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5">
        {shown.map(({ id, label }) => (
          <Checkbox
            key={id}
            label={label}
            checked={chosen.includes(id)}
            onCheckedChange={(checked) =>
              onChange(checked ? [...chosen, id] : chosen.filter((one) => one !== id))
            }
          />
        ))}
      </div>
      <FieldError message={error} />
    </fieldset>
  );
}
