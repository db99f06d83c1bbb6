"use client";

import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { ColourDot } from "@/ui/colour-dot";
import type { Tag } from "./types";

interface TagChipProps {
  tag: Pick<Tag, "name" | "colour">;
  /** Given: the chip has a button that takes the tag off. */
  onRemove?: (() => void) | undefined;
}

/** A tag's name with a dot in its colour. */
export function TagChip({ tag, onRemove }: TagChipProps) {
  const t = useTranslations("tags");
  return (
    <span className="inline-flex h-6 max-w-full min-w-0 items-center rounded-md bg-sunken ps-2 text-xs font-medium text-ink ring-1 ring-line ring-inset">
      <ColourDot colour={tag.colour} className="me-1.5" />
      <span dir="auto" className={onRemove ? "truncate" : "truncate pe-2"}>
        {tag.name}
      </span>
      {onRemove ? (
        <button
          type="button"
          aria-label={t("remove", { name: tag.name })}
          onClick={onRemove}
          className="flex size-6 shrink-0 items-center justify-center rounded-e-md text-muted hover:bg-hover hover:text-ink focus-visible:-outline-offset-2"
        >
          <X aria-hidden className="size-3" />
        </button>
      ) : null}
    </span>
  );
}
