"use client";

import { useFormatter, useLocale } from "use-intl";
import { ReachLinks, RecordCard } from "@/features/records";
import { countryName } from "@/i18n/regions";
import { Avatar } from "@/ui/avatar";
import { StageBadge } from "../badges";
import { phoneHref } from "../phone";
import type { CustomerRow } from "../types";

/** One customer in two lines, with buttons that dial and write. */
export function CustomerCard({ row, isTrash }: { row: CustomerRow; isTrash: boolean }) {
  const locale = useLocale();
  const format = useFormatter();
  const place = [
    row.billing_city,
    row.billing_country ? countryName(row.billing_country, locale) : "",
  ].filter(Boolean);
  return (
    <RecordCard
      id={row.id}
      isTrash={isTrash}
      picture={
        <Avatar
          name={row.display_name}
          size="md"
          shape={row.kind === "business" ? "square" : "circle"}
        />
      }
      first={row.display_name}
      second={
        <>
          <StageBadge stage={row.stage} />
          <span className="truncate">
            {format.list(place, { type: "unit" }) || row.account_number}
          </span>
        </>
      }
    >
      <ReachLinks
        name={row.display_name}
        email={row.email}
        dial={row.phone ? phoneHref(row.phone, row.phone_extension) : ""}
      />
    </RecordCard>
  );
}
