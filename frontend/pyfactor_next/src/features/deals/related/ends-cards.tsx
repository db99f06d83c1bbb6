"use client";

import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { RelatedCard } from "@/ui/related-card";
import { RelatedRow } from "@/ui/related-row";
import type { Deal } from "../types";

/** Whom a deal is with, and whom one talks to about it. */
export function EndsCards({ deal }: { deal: Deal }) {
  const t = useTranslations("records.tabs");
  const { slug } = useSession();
  return (
    <>
      <RelatedCard title={t("customers")} count={1}>
        <RelatedRow
          href={`/${slug}/customers/${deal.customer}`}
          name={deal.customer_name}
          icon={<Avatar name={deal.customer_name} size="sm" shape="square" />}
        />
      </RelatedCard>
      {deal.contact ? (
        <RelatedCard title={t("contacts")} count={1}>
          <RelatedRow
            href={`/${slug}/contacts/${deal.contact}`}
            name={deal.contact_name}
            icon={<Avatar name={deal.contact_name} size="sm" />}
          />
        </RelatedCard>
      ) : null}
    </>
  );
}
