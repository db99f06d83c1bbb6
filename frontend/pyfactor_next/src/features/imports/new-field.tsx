"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { FieldDialogLater } from "@/features/fields";
import { Button } from "@/ui/button";
import { useEntity } from "./entity";
import { guessType } from "./guess-type";
import type { ImportColumn } from "./types";

const LABEL_MAX_LENGTH = 80;

interface NewFieldProps {
  column: ImportColumn;
  nullMarkers: readonly string[];
  /** The column goes to the field that is made. */
  onChoose: (column: ImportColumn, choice: string) => void;
}

/** Makes a field of the business's own for a column that fits none. */
export function NewField({ column, nullMarkers, onChoose }: NewFieldProps) {
  const t = useTranslations("imports.columns.newField");
  const entity = useEntity();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={t("for", { header: column.header })}
        onClick={() => setOpen(true)}
      >
        <Plus aria-hidden />
        {t("action")}
      </Button>
      {isOpen ? (
        <FieldDialogLater
          entity={entity}
          field={null}
          draft={{
            label: column.header.slice(0, LABEL_MAX_LENGTH),
            type: guessType(column.samples, nullMarkers),
          }}
          onAdded={({ key }) => onChoose(column, `custom.${key}`)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
