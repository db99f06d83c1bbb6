"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown } from "lucide-react";
import { useTranslations } from "use-intl";
import { cn } from "./cn";
import type { ComboboxOption } from "./combobox";
import { useFieldControl } from "./field-context";
import { controlStyle } from "./input";
import { itemStyle, popupStyle } from "./popup-style";

interface LookupProps {
  /** What matches the text, best first. */
  options: readonly ComboboxOption[];
  /** Called with what is typed. */
  onSearch: (text: string) => void;
  value: ComboboxOption | null;
  onValueChange: (option: ComboboxOption | null) => void;
  placeholder?: string;
  disabled?: boolean;
  defaultOpen?: boolean;
  id?: string | undefined;
  "aria-label"?: string;
  "aria-invalid"?: boolean | undefined;
  "aria-describedby"?: string | undefined;
  "aria-required"?: boolean | undefined;
}

/** A choice among more than can be loaded: whoever uses it finds what matches the text. */
export function Lookup(props: LookupProps) {
  const { options, onSearch, value, onValueChange, placeholder, disabled, defaultOpen, ...own } =
    props;
  const control = useFieldControl(own);
  const t = useTranslations("ui.combobox");
  return (
    <Base.Root<ComboboxOption>
      items={options}
      value={value}
      onInputValueChange={(text) => onSearch(text === value?.label ? "" : text)}
      onValueChange={onValueChange}
      itemToStringLabel={(option) => option.label}
      isItemEqualToValue={(a, b) => a.value === b.value}
      filter={null}
      autoHighlight
      defaultOpen={defaultOpen ?? false}
      {...(disabled === undefined ? {} : { disabled })}
    >
      <div className="relative">
        <Base.Input
          placeholder={placeholder}
          onFocus={(event) => event.currentTarget.select()}
          className={cn(controlStyle, "h-9 pe-8 md:h-8 md:text-sm")}
          {...control}
        />
        <Base.Trigger
          aria-label={t("open")}
          className="absolute inset-y-0 inset-e-1 my-auto flex size-6 items-center justify-center rounded-sm text-faint"
        >
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </Base.Trigger>
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
                  <span className="min-w-0 flex-1 truncate">{option.label}</span>
                  {option.note ? (
                    <span className="tabular shrink-0 text-xs text-muted">{option.note}</span>
                  ) : null}
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
