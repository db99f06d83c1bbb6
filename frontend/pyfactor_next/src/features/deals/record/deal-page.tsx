"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { useRememberRecord } from "@/features/recent";
import { RecordFrame, type RecordParts, usePageTab } from "@/features/records";
import { ApiErrorState, useSession } from "@/features/session";
import { LinkButton } from "@/ui/link-button";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { Skeleton } from "@/ui/skeleton";
import { useDocumentTitle } from "@/ui/use-document-title";
import { dealQuery } from "../queries";
import type { Deal } from "../types";
import { DealHeader } from "./deal-header";
import { Properties } from "./properties";
import { StageHistory } from "./stage-history";
import { StagePath } from "./stage-path";

export function DealPage({ id, parts }: { id: string; parts: RecordParts<Deal> }) {
  const t = useTranslations("deals");
  const router = useRouter();
  const { slug } = useSession();
  const { data: deal, error, refetch, isRefetching } = useQuery(dealQuery(slug, id));
  const product = useTranslations("common")("product");
  useDocumentTitle(deal && `${deal.name} · ${product}`);
  const back = `/${slug}/deals`;
  useShortcut("escape", () => router.push(back), {
    label: t("record.back"),
    group: t("shortcuts.group"),
  });
  return (
    <>
      <div className="flex h-13 shrink-0 items-center border-b px-3 md:px-4">
        <LinkButton href={back} variant="ghost" prefetch={false}>
          <ArrowLeft aria-hidden className="size-4" />
          {t("title")}
        </LinkButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5 md:px-8">
        <div className="mx-auto max-w-6xl">
          {deal ? (
            <Loaded key={id} deal={deal} parts={parts} onTrashed={() => router.push(back)} />
          ) : error ? (
            <ApiErrorState
              error={error}
              isRetrying={isRefetching}
              {...(isApiError(error) && error.kind === "not_found"
                ? {}
                : { onRetry: () => void refetch() })}
            />
          ) : (
            <div aria-busy className="flex flex-col gap-4">
              <Skeleton className="h-7 w-64" />
              <Skeleton className="h-9 rounded-lg" />
              <Skeleton className="h-64 rounded-lg" />
            </div>
          )}
        </div>
      </div>
    </>
  );
}

interface LoadedProps {
  deal: Deal;
  parts: RecordParts<Deal>;
  onTrashed: () => void;
}

function Loaded({ deal, parts, onTrashed }: LoadedProps) {
  const { canWrite } = useSession();
  const [tab, setTab] = usePageTab();
  const isTrashed = deal.deleted_at !== null;
  const isReadOnly = !canWrite || isTrashed;
  useRememberRecord({
    kind: "deal",
    id: deal.id,
    title: deal.name,
    line: deal.customer_name,
    isTrashed,
  });
  return (
    <div data-record={deal.id} className="flex flex-col gap-4">
      <RecordFrame
        variant="page"
        tab={tab}
        onTabChange={setTab}
        sections={parts.sections(deal)}
        properties={
          <div className="flex flex-col gap-4">
            <Properties deal={deal} isReadOnly={isReadOnly} />
            <StageHistory deal={deal} />
          </div>
        }
      >
        <DealHeader deal={deal} isReadOnly={isReadOnly} canWrite={canWrite} onTrashed={onTrashed} />
        {parts.tags?.(deal)}
        <StagePath deal={deal} isReadOnly={isReadOnly} />
        {parts.actions?.(deal)}
      </RecordFrame>
    </div>
  );
}
