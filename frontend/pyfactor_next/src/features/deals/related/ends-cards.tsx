"use client";

import { RelatedCard, RelatedRow } from "@/features/records";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import type { Deal } from "../types";

/** Whom a deal is with, and whom one talks to about it. */
export function EndsCards({ deal }: { deal: Deal }) {
  const { slug } = useSession();
  return (
    <>
      <RelatedCard section="customers" isTab={false} count={1}>
        <RelatedRow
          href={`/${slug}/customers/${deal.customer}`}
          name={deal.customer_name}
          icon={<Avatar name={deal.customer_name} size="sm" shape="square" />}
        />
      </RelatedCard>
      {deal.contact ? (
        <RelatedCard section="contacts" isTab={false} count={1}>
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
