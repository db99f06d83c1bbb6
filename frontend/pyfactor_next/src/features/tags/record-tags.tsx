"use client";

import { useQuery } from "@tanstack/react-query";
import { TagPlus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Popover } from "@/ui/popover";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { Skeleton } from "@/ui/skeleton";
import { TagChip } from "./chip";
import { useSetTags } from "./mutations";
import { tagsQuery } from "./queries";
import { TagOptions } from "./tag-options";
import type { Tagged } from "./types";

interface RecordTagsProps {
  kind: Tagged;
  id: string;
  tags: readonly string[];
  isReadOnly: boolean;
}

/** A record's tags, and the way to others: a click, or the key L. */
export function RecordTags({ kind, id, tags, isReadOnly }: RecordTagsProps) {
  const t = useTranslations("tags");
  const { slug, canWrite } = useSession();
  const { data, isPending } = useQuery(tagsQuery(slug));
  const setTags = useSetTags(kind, id);
  const [isOpen, setOpen] = useState(false);
  const canChange = canWrite && !isReadOnly;
  useShortcut("l", () => setOpen(true), {
    label: t("shortcuts.edit"),
    group: t("shortcuts.group"),
    enabled: canChange,
  });
  const carried = tags.flatMap((tag) => data?.find((each) => each.id === tag) ?? []);
  if (!canChange && tags.length === 0) return null;
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-1.5">
      {isPending && tags.length > 0 ? <Skeleton aria-busy className="h-6 w-24" /> : null}
      {carried.length > 0 ? (
        <ul aria-label={t("label")} className="contents">
          {carried.map((tag) => (
            <li key={tag.id} className="flex max-w-full min-w-0">
              <TagChip
                tag={tag}
                onRemove={
                  canChange ? () => void setTags(tags.filter((each) => each !== tag.id)) : undefined
                }
              />
            </li>
          ))}
        </ul>
      ) : null}
      {canChange ? (
        <Popover
          label={t("edit")}
          className="w-64"
          open={isOpen}
          onOpenChange={setOpen}
          trigger={
            <Button variant="ghost" size="sm" className="px-1.5">
              <TagPlus aria-hidden />
              {t("add")}
            </Button>
          }
        >
          <TagOptions selected={tags} onChange={(next) => void setTags(next)} canCreate />
        </Popover>
      ) : null}
    </div>
  );
}
