"use client";

import { Mail, Phone } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslations } from "use-intl";
import { buttonStyle } from "@/ui/button-style";
import { cn } from "@/ui/cn";
import { Skeleton } from "@/ui/skeleton";
import { useEndReached } from "@/ui/use-end-reached";
import type { ListRow } from "../source";
import { RestoreCell } from "./cells";
import { isPlainClick, useListActions } from "./list-actions";

const touch = cn(buttonStyle({ variant: "ghost" }), "size-11 px-0 text-accent-ink");

interface RecordCardProps {
  id: string;
  isTrash: boolean;
  /** Avatar, or nothing, before the lines. */
  picture: ReactNode;
  first: ReactNode;
  second: ReactNode;
  /** Links beside it; not in the trash. */
  children?: ReactNode;
}

/** One record in two lines. */
export function RecordCard({ id, isTrash, picture, first, second, children }: RecordCardProps) {
  const { open, href } = useListActions();
  return (
    <li
      className={cn(
        "flex items-center gap-1 border-b [contain-intrinsic-size:auto_64px] [content-visibility:auto]",
        isTrash ? "pe-4" : "pe-1.5",
      )}
    >
      <a
        href={href(id)}
        onClick={(event) => {
          if (!isPlainClick(event)) return;
          event.preventDefault();
          open(id);
        }}
        className="flex min-h-16 min-w-0 flex-1 items-center gap-3 py-2 ps-4 active:bg-hover"
      >
        {picture}
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span dir="auto" className="truncate font-medium">
            {first}
          </span>
          <span className="flex min-w-0 items-center gap-2 text-xs text-muted">{second}</span>
        </span>
      </a>
      {isTrash ? <RestoreCell id={id} /> : children}
    </li>
  );
}

interface ReachLinksProps {
  name: string;
  /** "" for none. */
  email: string;
  /** Address of a link that dials; "" for none. */
  dial: string;
}

/** Buttons on a card that write and dial. */
export function ReachLinks({ name, email, dial }: ReachLinksProps) {
  const t = useTranslations("records.list.cards");
  return (
    <>
      {email ? (
        <a href={`mailto:${email}`} aria-label={t("mail", { name })} className={touch}>
          <Mail aria-hidden />
        </a>
      ) : null}
      {dial ? (
        <a href={dial} aria-label={t("call", { name })} className={touch}>
          <Phone aria-hidden />
        </a>
      ) : null}
    </>
  );
}

interface CardsProps<Row extends ListRow> {
  label: string;
  rows: readonly Row[];
  Card: ComponentType<{ row: Row; isTrash: boolean }>;
  isTrash: boolean;
  isLoading: boolean;
  isLoadingMore: boolean;
  onEndReached: (() => void) | undefined;
}

/** The list on a phone. */
export function Cards<Row extends ListRow>(props: CardsProps<Row>) {
  const end = useEndReached<HTMLDivElement>(props.onEndReached);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-20">
      {props.isLoading ? (
        <CardSkeletons count={9} />
      ) : (
        <ul aria-label={props.label}>
          {props.rows.map((row) => (
            <props.Card key={row.id} row={row} isTrash={props.isTrash} />
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
