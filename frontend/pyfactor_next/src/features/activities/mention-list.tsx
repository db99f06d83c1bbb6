"use client";

import { PreviewCard as Base } from "@base-ui/react/preview-card";
import type { RefObject } from "react";
import { useTranslations } from "use-intl";
import { Avatar } from "@/ui/avatar";
import { cn } from "@/ui/cn";
import type { ComboboxOption } from "@/ui/combobox";
import { itemStyle, popupStyle } from "@/ui/popup-style";
import { caretPlace } from "./caret-place";

interface MentionListProps {
  id: string;
  anchor: RefObject<HTMLTextAreaElement | null>;
  /** Of the @ in the text. */
  at: number;
  options: readonly ComboboxOption[];
  active: number;
  onActive: (index: number) => void;
  onChoose: (id: string) => void;
}

/** The members who can be named, beside the @. The focus stays in the text. */
export default function MentionList(props: MentionListProps) {
  const { id, anchor, at, options, active, onActive, onChoose } = props;
  const t = useTranslations("activities.mentions");
  return (
    // The text says when it closes: with the @, with the focus, or with Escape.
    <Base.Root open>
      <Base.Portal>
        <Base.Positioner
          align="start"
          sideOffset={4}
          className="z-60"
          anchor={() => {
            const field = anchor.current;
            return field
              ? { contextElement: field, getBoundingClientRect: () => caretPlace(field, at) }
              : null;
          }}
        >
          <Base.Popup
            role="listbox"
            id={id}
            aria-label={t("label")}
            className={cn(popupStyle, "max-h-72 max-w-[min(20rem,90vw)]")}
          >
            {options.map(({ value, label }, index) => (
              // The text has the keys, and the focus with them.
              // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant names it
              // biome-ignore lint/a11y/useKeyWithClickEvents: as above
              <div
                key={value}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                data-highlighted={index === active ? "" : undefined}
                className={cn(itemStyle, "max-md:min-h-10")}
                onPointerDown={(event) => event.preventDefault()}
                onMouseDown={(event) => event.preventDefault()}
                onPointerMove={() => onActive(index)}
                onClick={() => onChoose(value)}
              >
                <Avatar name={label} size="xs" />
                <span className="truncate">{label}</span>
              </div>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
      <span role="status" className="sr-only">
        {t("found", { count: options.length })}
      </span>
    </Base.Root>
  );
}
