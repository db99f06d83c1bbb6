"use client";

import { Star } from "lucide-react";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { IconButton } from "@/ui/icon-button";
import type { FavouriteKind } from "./queries";
import { useFavourite } from "./use-favourite";

/** The star of a record: puts it into one's own sidebar, or takes it out. */
export function StarButton({ kind, id }: { kind: FavouriteKind; id: string }) {
  const t = useTranslations("shell.favourites");
  const { isFavourite, isKnown, toggle } = useFavourite(kind, id);
  return (
    <IconButton
      label={t(isFavourite ? "remove" : "add")}
      aria-pressed={isFavourite}
      disabled={!isKnown}
      onClick={toggle}
    >
      <Star aria-hidden className={cn(isFavourite && "fill-current text-accent-ink")} />
    </IconButton>
  );
}
