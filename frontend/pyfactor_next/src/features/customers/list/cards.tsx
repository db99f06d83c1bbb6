"use client";

import { Mail, Phone } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { countryName } from "@/i18n/regions";
import { Avatar } from "@/ui/avatar";
import { buttonStyle } from "@/ui/button-style";
import { cn } from "@/ui/cn";
import { Skeleton } from "@/ui/skeleton";
import { useEndReached } from "@/ui/use-end-reached";
import { StageBadge } from "../badges";
import { phoneHref } from "../phone";
import type { CustomerRow } from "../types";
import { RestoreCell } from "./cells";
import { isPlainClick, useListActions } from "./list-actions";

const touch = cn(buttonStyle({ variant: "ghost" }), "size-11 px-0 text-accent-ink");

/** One customer in two lines, with buttons that dial and write. */
function CustomerCard({ row, isTrash }: { row: CustomerRow; isTrash: boolean }) {
  const t = useTranslations("customers.cards");
  const locale = useLocale();
  const format = useFormatter();
  const { open, href } = useListActions();
  const place = [
    row.billing_city,
    row.billing_country ? countryName(row.billing_country, locale) : "",
  ].filter(Boolean);
  return (
    <li
      className={cn(
        "flex items-center gap-1 border-b [contain-intrinsic-size:auto_64px] [content-visibility:auto]",
        isTrash ? "pe-4" : "pe-1.5",
      )}
    >
      <a
        href={href(row.id)}
        onClick={(event) => {
          if (!isPlainClick(event)) return;
          event.preventDefault();
          open(row.id);
        }}
        className="flex min-h-16 min-w-0 flex-1 items-center gap-3 py-2 ps-4 active:bg-hover"
      >
        <Avatar
          name={row.display_name}
          size="md"
          shape={row.kind === "business" ? "square" : "circle"}
        />
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="truncate font-medium">{row.display_name}</span>
          <span className="flex min-w-0 items-center gap-2 text-xs text-muted">
            <StageBadge stage={row.stage} />
            <span className="truncate">
              {format.list(place, { type: "unit" }) || row.account_number}
            </span>
          </span>
        </span>
      </a>
      {isTrash ? (
        <RestoreCell row={row} />
      ) : (
        <>
          {row.email ? (
            <a
              href={`mailto:${row.email}`}
              aria-label={t("mail", { name: row.display_name })}
              className={touch}
            >
              <Mail aria-hidden />
            </a>
          ) : null}
          {row.phone ? (
            <a
              href={phoneHref(row.phone, row.phone_extension)}
              aria-label={t("call", { name: row.display_name })}
              className={touch}
            >
              <Phone aria-hidden />
            </a>
          ) : null}
        </>
      )}
    </li>
  );
}

interface CardsProps {
  label: string;
  rows: readonly CustomerRow[];
  isTrash: boolean;
  isLoading: boolean;
  isLoadingMore: boolean;
  onEndReached: (() => void) | undefined;
}

/** The list on a phone. */
export function Cards(props: CardsProps) {
  const end = useEndReached<HTMLDivElement>(props.onEndReached);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-20">
      {props.isLoading ? (
        <CardSkeletons count={9} />
      ) : (
        <ul aria-label={props.label}>
          {props.rows.map((row) => (
            <CustomerCard key={row.id} row={row} isTrash={props.isTrash} />
          ))}
        </ul>
      )}
      {props.isLoadingMore ? <CardSkeletons count={2} /> : null}
      <div ref={end} />
    </div>
  );
}

function CardSkeletons({ count }: { count: number }) {
  return (
    <div role="presentation" aria-busy>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no other identity
        <div key={index} className="flex h-16.25 items-center gap-3 border-b px-4">
          <Skeleton className="size-8" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3.5 w-2/5" />
            <Skeleton className="h-3 w-3/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
