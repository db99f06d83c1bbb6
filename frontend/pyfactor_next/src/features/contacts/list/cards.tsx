"use client";

import { Mail, Phone } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { phoneHref } from "@/features/customers";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { buttonStyle } from "@/ui/button-style";
import { cn } from "@/ui/cn";
import { Skeleton } from "@/ui/skeleton";
import { useEndReached } from "@/ui/use-end-reached";
import type { ContactRow } from "../types";
import { RestoreCell } from "./columns";
import { useCustomersOf } from "./customers-of";

const touch = cn(buttonStyle({ variant: "ghost" }), "size-11 px-0 text-accent-ink");

/** One contact in two lines, with buttons that dial and write. */
function ContactCard({ row, isTrash }: { row: ContactRow; isTrash: boolean }) {
  const t = useTranslations("contacts.cards");
  const { slug } = useSession();
  const [firm] = useCustomersOf(row.id);
  const name = row.display_name;
  const line = [row.job_title, firm?.customer_name].filter(Boolean).join(" · ");
  return (
    <li
      className={cn(
        "flex items-center gap-1 border-b [contain-intrinsic-size:auto_64px] [content-visibility:auto]",
        isTrash ? "pe-4" : "pe-1.5",
      )}
    >
      <Link
        href={`/${slug}/contacts/${row.id}`}
        prefetch={false}
        className="flex min-h-16 min-w-0 flex-1 items-center gap-3 py-2 ps-4 active:bg-hover"
      >
        <Avatar name={name} size="md" />
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span dir="auto" className="truncate font-medium">
            {name}
          </span>
          <span className="truncate text-xs text-muted">{line || row.email}</span>
        </span>
      </Link>
      {isTrash ? (
        <RestoreCell row={row} />
      ) : (
        <>
          {row.email ? (
            <a href={`mailto:${row.email}`} aria-label={t("mail", { name })} className={touch}>
              <Mail aria-hidden />
            </a>
          ) : null}
          {row.phone ? (
            <a
              href={phoneHref(row.phone, row.phone_extension)}
              aria-label={t("call", { name })}
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
  rows: readonly ContactRow[];
  isTrash: boolean;
  isLoading: boolean;
  onEndReached: (() => void) | undefined;
}

/** The list on a phone. */
export function Cards({ label, rows, isTrash, isLoading, onEndReached }: CardsProps) {
  const end = useEndReached<HTMLDivElement>(onEndReached);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-20">
      {isLoading ? (
        <Skeleton aria-busy className="m-4 h-40" />
      ) : (
        <ul aria-label={label}>
          {rows.map((row) => (
            <ContactCard key={row.id} row={row} isTrash={isTrash} />
          ))}
        </ul>
      )}
      <div ref={end} />
    </div>
  );
}
