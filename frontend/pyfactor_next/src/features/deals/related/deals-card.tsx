"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useRecordFrame } from "@/features/records";
import { useSession } from "@/features/session";
import { RELATED_SHOWN, RelatedCard } from "@/ui/related-card";
import { RelatedRow } from "@/ui/related-row";
import { StageName, useMoney } from "../bits";
import { type DealsQuery, dealsQuery } from "../queries";

/** The latest deals of a customer or contact: the same that its tab shows. */
export function DealsCard({ query, isReadOnly }: { query: DealsQuery; isReadOnly: boolean }) {
  const t = useTranslations("deals");
  const money = useMoney();
  const { slug, canWrite } = useSession();
  const tTabs = useTranslations("records.tabs");
  const { openSection } = useRecordFrame();
  const { data, error } = useInfiniteQuery(dealsQuery(slug, query));
  if (error && !data) return null;
  const first = data?.pages[0];
  const add = { label: t("new"), run: () => openSection("deals", "deal") };
  return (
    <RelatedCard
      title={tTabs("deals")}
      onTitle={() => openSection("deals")}
      count={first && (first.count ?? first.results.length)}
      add={canWrite && !isReadOnly ? add : undefined}
    >
      {first?.results.slice(0, RELATED_SHOWN).map((deal) => (
        <RelatedRow
          key={deal.id}
          href={`/${slug}/deals/${deal.id}`}
          name={deal.name}
          note={<StageName deal={deal} />}
          end={money(deal.amount, deal.currency)}
        />
      ))}
    </RelatedCard>
  );
}
