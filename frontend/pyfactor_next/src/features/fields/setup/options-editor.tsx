"use client";

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { Input } from "@/ui/input";

export interface DraftOption {
  /** Of this form; the API's id is `id`. */
  place: number;
  id?: string;
  label: string;
}

interface OptionsEditorProps {
  options: readonly DraftOption[];
  onChange: (options: readonly DraftOption[]) => void;
}

/** The choices of a select in their order. One that is taken out is archived, not lost. */
export function OptionsEditor({ options, onChange }: OptionsEditorProps) {
  const t = useTranslations("fields.setup");
  const move = (index: number, step: number): void => {
    const next = [...options];
    const [moved] = next.splice(index, 1);
    if (moved) onChange(next.toSpliced(index + step, 0, moved));
  };
  const add = (): void =>
    onChange([
      ...options,
      { place: Math.max(0, ...options.map((one) => one.place)) + 1, label: "" },
    ]);
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{t("options")}</legend>
      {options.map((option, index) => {
        const name = option.label || String(index + 1);
        return (
          <div key={option.place} className="flex items-center gap-1">
            <Input
              aria-label={t("optionLabel", { place: index + 1 })}
              value={option.label}
              maxLength={80}
              autoFocus={option.label === "" && index > 0}
              onChange={(event) =>
                onChange(
                  options.map((one) =>
                    one === option ? { ...one, label: event.target.value } : one,
                  ),
                )
              }
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                add();
              }}
            />
            <IconButton
              label={t("moveUp", { name })}
              size="icon-sm"
              disabled={index === 0}
              onClick={() => move(index, -1)}
            >
              <ArrowUp aria-hidden />
            </IconButton>
            <IconButton
              label={t("moveDown", { name })}
              size="icon-sm"
              disabled={index === options.length - 1}
              onClick={() => move(index, 1)}
            >
              <ArrowDown aria-hidden />
            </IconButton>
            <IconButton
              label={t("removeOption", { name })}
              size="icon-sm"
              onClick={() => onChange(options.filter((one) => one !== option))}
            >
              <X aria-hidden />
            </IconButton>
          </div>
        );
      })}
      <Button size="sm" className="self-start" onClick={add}>
        <Plus aria-hidden />
        {t("addOption")}
      </Button>
    </fieldset>
  );
}
