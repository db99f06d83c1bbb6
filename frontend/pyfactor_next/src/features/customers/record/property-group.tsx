"use client";

import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import type { FieldSpec, GroupName } from "../fields";
import type { Customer } from "../types";
import { Property } from "./property";
import { RawPhone } from "./raw-phone";
import type { RecordEditing } from "./use-record-editing";

interface PropertyGroupProps {
  name: GroupName;
  fields: readonly FieldSpec[];
  customer: Customer;
  edit: RecordEditing;
  isReadOnly: boolean;
}

/** Fields that belong together. Unusual ones that are empty wait behind "Show 3 more". */
export function PropertyGroup({ name, fields, customer, edit, isReadOnly }: PropertyGroupProps) {
  const t = useTranslations("customers");
  const headingId = useId();
  const [isWhole, setWhole] = useState(false);
  const isShown = (spec: FieldSpec): boolean => {
    const value = customer[spec.name];
    const isFilled = value !== "" && value !== null && value !== false;
    if (isFilled || edit.drafts[spec.name] || edit.editing === spec.name) return true;
    if (spec.name === "business_name") return customer.kind === "business";
    return spec.isUsual === true && !isReadOnly;
  };
  const shown = isWhole ? fields : fields.filter(isShown);
  const hiddenCount = fields.length - fields.filter(isShown).length;
  const isFoldable = hiddenCount > 0 && !isReadOnly;
  if (shown.length === 0 && !isFoldable) return null;
  return (
    <section aria-labelledby={headingId} className="py-3">
      <div className="flex min-h-7 items-center justify-between">
        <h3 id={headingId} className="text-xs font-semibold text-muted">
          {t(`groups.${name}`)}
        </h3>
        {isFoldable ? (
          <Button
            variant="ghost"
            size="sm"
            aria-expanded={isWhole}
            onClick={() => setWhole(!isWhole)}
            className="font-normal"
          >
            {isWhole ? t("edit.showLess") : t("edit.showMore", { count: hiddenCount })}
            <ChevronDown aria-hidden className={isWhole ? "rotate-180" : ""} />
          </Button>
        ) : null}
      </div>
      <div className="flex flex-col">
        {shown.map((spec) => (
          <Property
            key={spec.name}
            spec={spec}
            customer={customer}
            edit={edit}
            isReadOnly={isReadOnly}
          />
        ))}
        {name === "contact" ? (
          <RawPhone customer={customer} edit={edit} isReadOnly={isReadOnly} />
        ) : null}
      </div>
    </section>
  );
}
