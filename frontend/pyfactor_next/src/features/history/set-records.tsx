"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { MoreButton } from "@/ui/more-button";
import { Skeleton } from "@/ui/skeleton";
import { FieldChanges } from "./field-changes";
import { recordsQuery } from "./queries";
import { useWords } from "./words";

/** What a change set did to each of its records. */
export function SetRecords({ id }: { id: string }) {
  const t = useTranslations("history");
  const words = useWords();
  const { slug } = useSession();
  const query = useInfiniteQuery(recordsQuery(slug, id));
  if (query.error && !query.data) {
    return <ApiErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) {
    return (
      <div aria-busy className="flex flex-col gap-2">
        <Skeleton className="w-40" />
        <Skeleton className="w-64" />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <ul className="flex flex-col gap-4">
        {query.data.pages
          .flatMap((page) => page.results)
          .map((change) => (
            <li key={change.id} className="flex flex-col gap-1.5">
              <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
                <span className="font-medium break-words">
                  {change.record_name || words.count(change.entity, 1)}
                </span>
                <span className="text-xs text-muted">{t(`operations.${change.operation}`)}</span>
              </p>
              <FieldChanges {...change} />
            </li>
          ))}
      </ul>
      <MoreButton query={query} size="sm" className="self-start">
        {t("log.moreRecords")}
      </MoreButton>
    </div>
  );
}
