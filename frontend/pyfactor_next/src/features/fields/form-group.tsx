"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import type { OwnForm } from "./form-values";
import { OwnInput } from "./own-input";
import { useOwnFields } from "./queries";
import type { Entity } from "./types";

interface FormGroupProps {
  entity: Entity;
  form: OwnForm;
  /** Only those without which there is no record. */
  isShort?: boolean;
}

/** The business's own fields as part of a record's form. */
export function FormGroup({ entity, form, isShort = false }: FormGroupProps) {
  const t = useTranslations("fields");
  const { tenant } = useSession();
  const id = useId();
  const fields = useOwnFields(entity).filter((field) => !isShort || field.is_required);
  if (fields.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out in a grid
    <div role="group" aria-labelledby={id} className={cn(!isShort && "border-t pt-4")}>
      <h3 id={id} className={isShort ? "sr-only" : "mb-3 text-sm font-semibold"}>
        {t("group")}
      </h3>
      <div className="grid items-start gap-x-4 gap-y-3.5 sm:grid-cols-2">
        {fields.map((field) => (
          <OwnInput
            key={field.id}
            field={field}
            value={form.values[field.key]}
            error={form.errors[field.key]}
            currency={tenant.currency}
            onChange={(value) => form.change(field.key, value)}
            className={cn(["long_text", "multi_select"].includes(field.type) && "sm:col-span-2")}
          />
        ))}
      </div>
    </div>
  );
}
