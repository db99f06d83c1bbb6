"use client";

import { lazy, Suspense, useState } from "react";
import { PropertyRow } from "@/features/records";
import { Skeleton } from "@/ui/skeleton";

const ChoiceEditor = lazy(() => import("./choice-editor"));

export type ChoiceType = "owner" | "customer" | "currency" | "lostReason";

interface ChoicePropertyProps {
  /** As the API names it. */
  field: string;
  type: ChoiceType;
  label: string;
  value: string | null;
  shown: string;
  isReadOnly: boolean;
  onSave: (value: string | null, name: string) => Promise<boolean>;
}

export function ChoiceProperty(props: ChoicePropertyProps) {
  const { field, type, label, value, shown, isReadOnly, onSave } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <PropertyRow
      field={field}
      label={label}
      shown={shown}
      isReadOnly={isReadOnly}
      onEdit={() => setOpen(true)}
    >
      {isOpen ? (
        <Suspense fallback={<Skeleton className="h-8" />}>
          <ChoiceEditor
            type={type}
            label={label}
            value={value}
            shown={shown}
            onChoose={(chosen, name) => {
              setOpen(false);
              if (chosen !== value) void onSave(chosen, name);
            }}
            onCancel={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </PropertyRow>
  );
}
