"use client";

import { useId } from "react";
import type { Control } from "react-hook-form";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { GROUPS, type GroupName } from "../fields";
import type { CustomerField, CustomerValues } from "../types";
import { FormField } from "./form-field";

interface AllFieldsProps {
  control: Control<CustomerValues>;
  /** Fields that stand elsewhere in the form. */
  without?: readonly CustomerField[];
  /** Takes the focus when the form appears. */
  first?: CustomerField;
}

const WIDE: readonly CustomerField[] = [
  "kind",
  "business_name",
  "billing_line1",
  "billing_line2",
  "shipping_line1",
  "shipping_line2",
  "delivery_instructions",
  "notes",
];

/** Every field of a customer, group by group. */
export function AllFields({ control, without = [], first }: AllFieldsProps) {
  return GROUPS.map((group) => {
    const names = group.fields.map((spec) => spec.name).filter((name) => !without.includes(name));
    if (names.length === 0) return null;
    return (
      <Group key={group.name} name={group.name}>
        {names.map((name) => (
          <FormField
            key={name}
            control={control}
            name={name}
            autoFocus={name === first}
            className={cn(WIDE.includes(name) && "sm:col-span-2")}
          />
        ))}
      </Group>
    );
  });
}

function Group({ name, children }: { name: GroupName; children: React.ReactNode }) {
  const t = useTranslations("customers.groups");
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out in a grid
    <div role="group" aria-labelledby={id} className="border-t pt-4 first:border-t-0 first:pt-0">
      <h3 id={id} className="mb-3 text-sm font-semibold">
        {t(name)}
      </h3>
      <div className="grid items-start gap-x-4 gap-y-3.5 sm:grid-cols-2 [&>fieldset]:sm:col-span-2">
        {children}
      </div>
    </div>
  );
}
