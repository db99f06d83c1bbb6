"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Checkbox } from "@/ui/checkbox";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { proposedTag, TAG_MAX_LENGTH } from "./tag-name";
import type { ImportChanges, ImportJob } from "./types";

interface TagChoiceProps {
  job: ImportJob;
  isFixed: boolean;
  onChange: (changes: ImportChanges) => void;
}

/** Whether what the import writes gets a tag, and which. Saved on leaving the field. */
export function TagChoice({ job, isFixed, onChange }: TagChoiceProps) {
  const t = useTranslations("imports.columns.tag");
  const saved = job.tag_name ?? "";
  const [typed, setTyped] = useState<string>();
  const save = (name: string): void => {
    setTyped(undefined);
    if (name !== saved) onChange({ tag_name: name });
  };
  return (
    <div className="flex flex-col gap-2">
      <Checkbox
        label={t("wanted")}
        hint={t("hint")}
        checked={saved !== ""}
        disabled={isFixed}
        onCheckedChange={(isOn) => save(isOn ? proposedTag(job.file_name) : "")}
      />
      {saved === "" ? null : (
        <Field label={t("name")}>
          <Input
            value={typed ?? saved}
            maxLength={TAG_MAX_LENGTH}
            disabled={isFixed}
            onChange={(event) => setTyped(event.target.value)}
            // An emptied field means what stood there: off is the box above.
            onBlur={() => save(typed?.trim() || saved)}
            onKeyDown={(event) => {
              if (event.key === "Enter") save(typed?.trim() || saved);
            }}
          />
        </Field>
      )}
    </div>
  );
}
