"use client";

import { useQuery } from "@tanstack/react-query";
import { Tags } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { AddRow } from "@/ui/add-row";
import { EmptyState } from "@/ui/empty-state";
import { Skeleton } from "@/ui/skeleton";
import { useWriteTags } from "../mutations";
import { tagsQuery, usesQuery } from "../queries";
import { NAME_MAX, type Tag } from "../types";
import { MergeDialog } from "./merge-dialog";
import { TagRow } from "./tag-row";

/** The business's tags: named, coloured, merged and removed. */
export function TagsPage() {
  const t = useTranslations("tags.setup");
  const { slug, canWrite } = useSession();
  const tags = useQuery(tagsQuery(slug));
  const uses = useQuery(usesQuery(slug));
  const write = useWriteTags();
  const [merging, setMerging] = useState<Tag | null>(null);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 px-4 py-6 md:px-8">
      <div className="min-w-0">
        <h2 className="text-lg font-semibold">{t("title")}</h2>
        <p className="mt-0.5 text-sm text-muted">{t("description")}</p>
      </div>
      {canWrite ? (
        <AddRow
          label={t("new")}
          button={t("addTag")}
          maxLength={NAME_MAX}
          onAdd={(name) =>
            write(t("added", { name }), (api, onChange) =>
              api.post("/api/crm/tags/", { name }, { onChange }),
            )
          }
        />
      ) : null}
      {tags.error && !tags.data ? (
        <ApiErrorState error={tags.error} onRetry={() => void tags.refetch()} />
      ) : !tags.data ? (
        <Skeleton aria-busy className="h-40 rounded-lg" />
      ) : tags.data.length === 0 ? (
        <EmptyState
          kind="first-use"
          icon={<Tags />}
          title={t("emptyTitle")}
          description={t("emptyDescription")}
        />
      ) : (
        <ul
          aria-label={t("list")}
          className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line"
        >
          {tags.data.map((tag) => (
            <TagRow
              key={tag.id}
              tag={tag}
              use={uses.data?.find((each) => each.tag === tag.id)}
              isCounted={uses.data !== undefined}
              canChange={canWrite}
              canMerge={tags.data.length > 1}
              write={write}
              onMerge={() => setMerging(tag)}
            />
          ))}
        </ul>
      )}
      {merging && tags.data ? (
        <MergeDialog
          tag={merging}
          others={tags.data.filter(({ id }) => id !== merging.id)}
          write={write}
          onClose={() => setMerging(null)}
        />
      ) : null}
    </div>
  );
}
