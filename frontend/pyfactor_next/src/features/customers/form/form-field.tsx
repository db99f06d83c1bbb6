"use client";

import { type Control, useController } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Checkbox } from "@/ui/checkbox";
import { Field, FieldError } from "@/ui/field";
import { Input, Textarea } from "@/ui/input";
import { Select } from "@/ui/select";
import { type FieldType, fieldSpec } from "../fields";
import { ListControl } from "../list-control";
import { type CustomerField, type CustomerValues, STAGES, STATUSES } from "../types";
import { KindChoice } from "./kind-choice";

interface FormFieldProps {
  control: Control<CustomerValues>;
  name: CustomerField;
  required?: boolean;
  autoFocus?: boolean;
  className?: string;
}

const inputTypes: Partial<Record<FieldType, string>> = {
  email: "email",
  phone: "tel",
  // "url" would refuse what can be completed: "example.com".
  url: "text",
  date: "date",
};

/** Any field of a customer as a form control, by its type. */
export function FormField({ control, name, required, autoFocus, className }: FormFieldProps) {
  const t = useTranslations("customers");
  const spec = fieldSpec(name);
  const { field, fieldState } = useController({ control, name });
  const label = t(`fields.${name}`);
  const error = fieldState.error?.message;
  const value = field.value;
  const text = typeof value === "string" ? value : "";
  const shared = { label, error, required: required ?? false, ...(className ? { className } : {}) };
  switch (spec.type) {
    case "kind":
      return <KindChoice value={value as CustomerValues["kind"]} onChange={field.onChange} />;
    case "flag":
      return (
        <div className={className}>
          <Checkbox
            inputRef={field.ref}
            label={label}
            checked={value === true}
            onCheckedChange={field.onChange}
          />
          <FieldError message={error} />
        </div>
      );
    case "stage":
      return (
        <Field {...shared}>
          <Select
            value={value as CustomerValues["stage"]}
            onValueChange={field.onChange}
            options={STAGES.map((each) => ({ value: each, label: t(`stages.${each}`) }))}
          />
        </Field>
      );
    case "status":
      return (
        <Field {...shared}>
          <Select
            value={value as CustomerValues["status"]}
            onValueChange={field.onChange}
            options={STATUSES.map((each) => ({ value: each, label: t(`statuses.${each}`) }))}
          />
        </Field>
      );
    case "owner":
    case "country":
    case "currency":
    case "language":
    case "timezone":
      return (
        <Field {...shared}>
          <ListControl
            type={spec.type}
            value={text}
            onBlur={field.onBlur}
            onValueChange={(next) =>
              field.onChange(spec.type === "owner" && next === "" ? null : next)
            }
          />
        </Field>
      );
    case "multiline":
      return (
        <Field {...shared}>
          <Textarea
            {...field}
            value={text}
            rows={name === "notes" ? 5 : 3}
            maxLength={spec.maxLength}
          />
        </Field>
      );
    default:
      return (
        <Field {...shared}>
          <Input
            {...field}
            value={text}
            type={inputTypes[spec.type] ?? "text"}
            inputMode={spec.type === "url" ? "url" : undefined}
            autoComplete="off"
            autoFocus={autoFocus}
            maxLength={spec.maxLength}
            onChange={(event) =>
              field.onChange(
                spec.type === "date" && event.target.value === "" ? null : event.target.value,
              )
            }
          />
        </Field>
      );
  }
}
