"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";
import { controlStyle } from "./input";
import { itemStyle, popupStyle } from "./popup-style";

export interface SelectOption<V extends string> {
  value: V;
  label: string;
  /** Shown before the label in the list and in the button. */
  icon?: ReactNode;
}

interface SelectProps<V extends string> {
  options: readonly SelectOption<V>[];
  value: V | null;
  onValueChange: (value: V) => void;
  placeholder?: string;
  disabled?: boolean;
  readOnly?: boolean;
  className?: string;
  name?: string;
  id?: string | undefined;
  onBlur?: () => void;
  "aria-label"?: string;
  "aria-invalid"?: boolean | undefined;
  "aria-describedby"?: string | undefined;
  "aria-required"?: boolean | undefined;
}

/** One of a few fixed choices. For many, or a search, use Combobox. */
export function Select<V extends string>({
  options,
  value,
  onValueChange,
  placeholder,
  disabled,
  readOnly,
  className,
  name,
  ...own
}: SelectProps<V>) {
  const control = useFieldControl(own);
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next as V);
      }}
      {...(disabled === undefined ? {} : { disabled })}
      {...(readOnly === undefined ? {} : { readOnly })}
      {...(name === undefined ? {} : { name })}
    >
      <Base.Trigger
        className={cn(
          controlStyle,
          "flex h-9 items-center justify-between gap-2 text-start [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted md:h-8 md:text-sm focus-visible:ring-2 focus-visible:ring-accent data-popup-open:ring-2 data-popup-open:ring-accent data-disabled:bg-sunken data-disabled:text-muted",
          className,
        )}
        {...control}
      >
        <Base.Value className="truncate data-placeholder:text-faint">
          {(selected: V | null) => {
            const option = options.find((candidate) => candidate.value === selected);
            if (!option) return placeholder ?? "";
            return (
              <span className="flex items-center gap-2">
                {option.icon}
                {option.label}
              </span>
            );
          }}
        </Base.Value>
        <Base.Icon>
          <ChevronsUpDown aria-hidden className="size-3.5! text-faint" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-60">
          <Base.Popup className={cn(popupStyle, "min-w-(--anchor-width)")}>
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className={itemStyle}>
                {option.icon}
                <Base.ItemText className="flex-1">{option.label}</Base.ItemText>
                <Base.ItemIndicator>
                  <Check aria-hidden />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
