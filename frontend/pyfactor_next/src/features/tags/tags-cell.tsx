"use client";

import { useTranslations } from "use-intl";
import { TagChip } from "./chip";
import { useTagsById } from "./use-tags";

/** As many as a cell has room for. */
const SHOWN = 2;

/** A record's tags in a row of a list. */
export function TagsCell({ ids }: { ids: readonly string[] }) {
  const t = useTranslations("tags");
  const known = useTagsById();
  const tags = ids.flatMap((id) => known.get(id) ?? []);
  if (tags.length === 0) return null;
  const rest = tags.length - SHOWN;
  return (
    <span
      className="flex min-w-0 items-center gap-1"
      title={tags.map((tag) => tag.name).join(", ")}
    >
      {tags.slice(0, SHOWN).map((tag) => (
        <TagChip key={tag.id} tag={tag} />
      ))}
      {rest > 0 ? (
        <span className="tabular shrink-0 text-xs text-muted">{t("more", { count: rest })}</span>
      ) : null}
    </span>
  );
}
