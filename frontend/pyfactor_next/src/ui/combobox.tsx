"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown, X } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { bestFirst, fold } from "./best-first";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";
import { controlStyle } from "./input";
import { itemStyle, popupStyle } from "./popup-style";

export interface ComboboxOption {
  value: string;
  label: string;
  /** Second line or right-hand note; searched too when it is part of `keywords`. */
  note?: string;
  /** More words to find it by, e.g. a country's code. */
  keywords?: string;
}

export interface ComboboxProps {
  options: readonly ComboboxOption[];
  value: string | null;
  onValueChange: (value: string | null) => void;
  placeholder?: string;
  /** Shows a button that empties the field. */
  clearable?: boolean;
  /** Shows the choices as soon as it appears: an editor opened by a click on a value. */
  defaultOpen?: boolean;
  disabled?: boolean;
  className?: string;
  id?: string | undefined;
  onBlur?: () => void;
  "aria-label"?: string;
  "aria-invalid"?: boolean | undefined;
  "aria-describedby"?: string | undefined;
  "aria-required"?: boolean | undefined;
}

/** A choice among many, found by typing; accents and case do not matter. */
export function Combobox({
  options,
  value,
  onValueChange,
  placeholder,
  clearable = false,
  defaultOpen = false,
  disabled,
  className,
  ...own
}: ComboboxProps) {
  const control = useFieldControl(own);
  const t = useTranslations("ui.combobox");
  const selected = options.find((option) => option.value === value) ?? null;
  const [text, setText] = useState("");
  const query = text === selected?.label ? "" : text;
  const items = useMemo(() => bestFirst(options, query), [options, query]);
  return (
    <Base.Root<ComboboxOption>
      items={items}
      value={selected}
      onInputValueChange={setText}
      onValueChange={(option) => onValueChange(option?.value ?? null)}
      itemToStringLabel={(option) => option.label}
      isItemEqualToValue={(a, b) => a.value === b.value}
      filter={(option, query) =>
        fold(`${option.label} ${option.keywords ?? ""}`).includes(fold(query.trim()))
      }
      autoHighlight
      defaultOpen={defaultOpen}
      {...(disabled === undefined ? {} : { disabled })}
    >
      <div className={cn("relative", className)}>
        <Base.Input
          placeholder={placeholder}
          // What is typed replaces the choice, as in a fresh field.
          onFocus={(event) => event.currentTarget.select()}
          className={cn(
            controlStyle,
            "h-9 pe-8 md:h-8 md:text-sm",
            clearable && value !== null && "pe-14",
          )}
          {...control}
        />
        <div className="absolute inset-y-0 inset-e-1 flex items-center">
          {clearable && value !== null ? (
            <Base.Clear
              aria-label={t("clear")}
              className="flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-3.5" />
            </Base.Clear>
          ) : null}
          <Base.Trigger
            aria-label={t("open")}
            className="flex size-6 items-center justify-center rounded-sm text-faint"
          >
            <ChevronsUpDown aria-hidden className="size-3.5" />
          </Base.Trigger>
        </div>
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-60">
          <Base.Popup className={cn(popupStyle, "max-h-72 w-(--anchor-width) min-w-52")}>
            <Base.Empty className="empty:hidden px-2 py-3 text-center text-muted">
              {t("empty")}
            </Base.Empty>
            <Base.List>
              {(option: ComboboxOption) => (
                <Base.Item key={option.value} value={option} className={itemStyle}>
                  <span className="flex-1 truncate">{option.label}</span>
                  {option.note ? <span className="text-xs text-muted">{option.note}</span> : null}
                  <Base.ItemIndicator>
                    <Check aria-hidden />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
