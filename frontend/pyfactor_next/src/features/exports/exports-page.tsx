"use client";

import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { Download, FileSpreadsheet, FileText } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { ApiErrorState, useSession } from "@/features/session";
import { CopyButton } from "@/ui/copy-button";
import { EmptyState } from "@/ui/empty-state";
import { MoreButton } from "@/ui/more-button";
import { Skeleton } from "@/ui/skeleton";
import type { ExportItem, ExportPage } from "./types";

const PAGE_ROWS = 50;

function exportsQuery(slug: string) {
  return infiniteQueryOptions({
    queryKey: [slug, "exports", "list"],
    queryFn: ({ pageParam, signal }) =>
      pageParam
        ? djangoApi.follow<ExportPage>(pageParam, signal)
        : djangoApi.get("/api/crm/exports/", { query: { limit: PAGE_ROWS }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}

/** Which lists left as files: how many rows, the sum, and who took them out. */
export function ExportsPage() {
  const t = useTranslations("exports");
  const { slug } = useSession();
  const query = useInfiniteQuery(exportsQuery(slug));
  const made = query.data?.pages.flatMap((page) => page.results);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 px-4 py-6 md:px-8">
      <div>
        <h2 className="text-lg font-semibold">{t("title")}</h2>
        <p className="mt-0.5 text-sm text-muted">{t("description")}</p>
      </div>
      {query.isError && !made ? (
        <ApiErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : made?.length === 0 ? (
        <EmptyState
          kind="first-use"
          icon={<Download />}
          title={t("empty.title")}
          description={t("empty.description")}
        />
      ) : (
        <ul
          aria-label={t("list")}
          aria-busy={made === undefined}
          className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line"
        >
          {made?.map((item) => <ExportRow key={item.id} item={item} />) ??
            [1, 2, 3].map((row) => (
              <li key={row} className="flex h-20 items-center gap-3 px-4">
                <Skeleton className="size-8 rounded-md" />
                <Skeleton className="w-52" />
              </li>
            ))}
        </ul>
      )}
      <MoreButton query={query}>{t("more")}</MoreButton>
    </div>
  );
}

function ExportRow({ item }: { item: ExportItem }) {
  const t = useTranslations("exports");
  const format = useFormatter();
  const Icon = item.file === "xlsx" ? FileSpreadsheet : FileText;
  const when = format.dateTime(new Date(item.created_at), {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <span className="mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-md bg-sunken text-muted">
        <Icon aria-hidden className="size-4" />
      </span>
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium">
          {t(`entities.${item.entity}`)} · {t("rows", { count: item.row_count })}
        </p>
        <p className="text-xs text-muted">
          {item.created_by_name ? t("by", { when, name: item.created_by_name }) : when}
        </p>
        <p className="mt-1 font-mono text-2xs break-all text-muted">
          {t("sum", { sum: item.sha256 })}
        </p>
      </div>
      <CopyButton text={item.sha256} label={t("copy")} />
    </li>
  );
}
