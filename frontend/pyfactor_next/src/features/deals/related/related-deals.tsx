"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CircleDollarSign, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useWish } from "@/features/records";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import type { ComboboxOption } from "@/ui/combobox";
import { EmptyState } from "@/ui/empty-state";
import { Skeleton } from "@/ui/skeleton";
import { StageName, useDay, useMoney } from "../bits";
import { type DealsQuery, dealsQuery } from "../queries";
import type { DealRow } from "../types";

const CreateDialog = dynamic(() => import("../form/create-dialog").then((m) => m.CreateDialog), {
  ssr: false,
});

interface RelatedDealsProps {
  query: DealsQuery;
  customer?: ComboboxOption;
  contactId?: string;
}

/** Deals of another record, the latest first. */
export function RelatedDeals({ query, customer, contactId }: RelatedDealsProps) {
  const t = useTranslations("deals");
  const router = useRouter();
  const { slug, canWrite } = useSession();
  const [isCreating, setCreating] = useState(false);
  useWish("deal", () => setCreating(true));
  const deals = useInfiniteQuery(dealsQuery(slug, query));
  const rows = deals.data?.pages.flatMap((page) => page.results) ?? [];
  if (deals.error && !deals.data) {
    return <ApiErrorState error={deals.error} onRetry={() => void deals.refetch()} />;
  }
  const create = canWrite ? (
    <Button size="sm" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      {t("new")}
    </Button>
  ) : null;
  return (
    <div className="flex flex-col gap-3">
      {deals.isPending ? (
        <Skeleton aria-busy className="h-24 rounded-lg" />
      ) : rows.length === 0 ? (
        <EmptyState
          kind="first-use"
          icon={<CircleDollarSign />}
          title={t("related.empty")}
          actions={create}
          className="py-8"
        />
      ) : (
        <>
          <div className="flex justify-end">{create}</div>
          <ul className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line">
            {rows.map((row) => (
              <Row key={row.id} row={row} href={`/${slug}/deals/${row.id}`} />
            ))}
          </ul>
          {deals.hasNextPage ? (
            <Button
              size="sm"
              className="self-center"
              busy={deals.isFetchingNextPage}
              onClick={() => void deals.fetchNextPage()}
            >
              {t("related.more")}
            </Button>
          ) : null}
        </>
      )}
      {isCreating ? (
        <CreateDialog
          stageId={null}
          pipelineId={null}
          {...(customer ? { customer } : {})}
          {...(contactId ? { contactId } : {})}
          onClose={() => setCreating(false)}
          onOpen={(id) => router.push(`/${slug}/deals/${id}`)}
        />
      ) : null}
    </div>
  );
}

function Row({ row, href }: { row: DealRow; href: string }) {
  const money = useMoney();
  const day = useDay();
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        className="flex flex-col gap-0.5 px-3.5 py-2.5 text-sm hover:bg-hover"
      >
        <span className="flex items-baseline gap-3">
          <span className="truncate font-medium">{row.name}</span>
          <span className="tabular ms-auto shrink-0">{money(row.amount, row.currency)}</span>
        </span>
        <span className="flex items-center gap-3 text-xs text-muted">
          <StageName deal={row} />
          {row.expected_close_on ? (
            <span className="tabular ms-auto shrink-0">{day(row.expected_close_on)}</span>
          ) : null}
        </span>
      </Link>
    </li>
  );
}
