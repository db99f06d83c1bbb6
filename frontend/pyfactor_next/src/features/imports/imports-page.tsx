"use client";

import { FileUp, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { LinkButton } from "@/ui/link-button";
import { PageHeader } from "@/ui/page-header";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { Skeleton } from "@/ui/skeleton";
import { ImportItem } from "./import-item";
import { useImports } from "./use-imports";

/** Every import of the business: what is under way, what was done, and the way back. */
export function ImportsPage() {
  const t = useTranslations("imports");
  const { slug, canWrite } = useSession();
  const router = useRouter();
  const query = useImports();
  const jobs = query.data?.pages.flatMap((page) => page.results) ?? [];
  useShortcut("c", () => router.push(`/${slug}/imports/new`), {
    label: t("new"),
    group: t("title"),
    enabled: canWrite,
  });
  const create = (
    <LinkButton href={`/${slug}/imports/new`} variant="primary">
      <Plus aria-hidden />
      {t("new")}
    </LinkButton>
  );

  return (
    <>
      <PageHeader title={t("title")} actions={canWrite && jobs.length > 0 ? create : null} />
      {query.isPending ? (
        <ListSkeleton />
      ) : query.isError && jobs.length === 0 ? (
        <ApiErrorState
          error={query.error}
          onRetry={() => void query.refetch()}
          isRetrying={query.isRefetching}
        />
      ) : jobs.length === 0 ? (
        <EmptyState
          kind="first-use"
          icon={<FileUp />}
          title={t("list.empty.title")}
          description={t("list.empty.description")}
          actions={canWrite ? create : null}
          className="flex-1"
        />
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <ul aria-label={t("list.label")} className="flex flex-col">
            {jobs.map((job) => (
              <ImportItem key={job.id} job={job} />
            ))}
          </ul>
          {query.hasNextPage ? (
            <div className="flex justify-center p-4">
              <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t("list.more")}
              </Button>
            </div>
          ) : null}
        </div>
      )}
    </>
  );
}

function ListSkeleton() {
  return (
    <div aria-busy className="flex flex-col">
      {[0, 1, 2, 3, 4].map((row) => (
        <div key={row} className="flex h-16 items-center gap-3 border-b px-4 md:px-5">
          <Skeleton className="size-9 rounded-lg" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3.5 w-56 max-w-full" />
            <Skeleton className="h-3 w-36" />
          </div>
        </div>
      ))}
    </div>
  );
}
