"use client";

import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { PropertyRow } from "@/features/records";
import { Skeleton } from "@/ui/skeleton";
import { Switch } from "@/ui/switch";

const LanguageEditor = lazy(() => import("./language-editor"));

interface LanguagePropertyProps {
  label: string;
  /** A language's tag; "" for none. */
  value: string;
  shown: string;
  isReadOnly: boolean;
  onSave: (value: string) => Promise<boolean>;
}

/** The language somebody speaks, chosen from all there are. */
export function LanguageProperty(props: LanguagePropertyProps) {
  const { label, value, shown, isReadOnly, onSave } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <PropertyRow
      field="language"
      label={label}
      shown={shown}
      isReadOnly={isReadOnly}
      onEdit={() => setOpen(true)}
    >
      {isOpen ? (
        <Suspense fallback={<Skeleton className="h-8" />}>
          <LanguageEditor
            label={label}
            value={value}
            onChoose={(chosen) => {
              setOpen(false);
              if (chosen !== value) void onSave(chosen);
            }}
            onCancel={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </PropertyRow>
  );
}

interface YesNoPropertyProps {
  /** As the API names it. */
  field: string;
  label: string;
  value: boolean;
  isReadOnly: boolean;
  onSave: (value: boolean) => Promise<boolean>;
}

/** Takes effect at once. */
export function YesNoProperty({ field, label, value, isReadOnly, onSave }: YesNoPropertyProps) {
  const t = useTranslations("contacts.record");
  if (isReadOnly) {
    return (
      <PropertyRow
        field={field}
        label={label}
        shown={t(value ? "yes" : "no")}
        isReadOnly
        onEdit={() => undefined}
      >
        {null}
      </PropertyRow>
    );
  }
  return (
    <div className="grid min-h-9 grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-2 py-0.5 text-sm">
      <dt aria-hidden data-last-change={field} className="text-muted">
        {label}
      </dt>
      <dd className="px-2">
        <Switch
          className="w-fit gap-0"
          label={<span className="sr-only">{label}</span>}
          checked={value}
          onCheckedChange={(next) => void onSave(next)}
        />
      </dd>
    </div>
  );
}
