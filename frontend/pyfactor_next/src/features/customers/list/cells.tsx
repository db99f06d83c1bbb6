"use client";

import { RotateCcw, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { Tooltip } from "@/ui/tooltip";
import { formatPhone, phoneHref } from "../phone";
import type { CustomerRow } from "../types";
import { isPlainClick, useListActions, usePrefetch } from "./list-actions";

export function NameCell({ row }: { row: CustomerRow }) {
  const { open, href } = useListActions();
  const prefetch = usePrefetch(row.id);
  return (
    <Link
      href={href(row.id)}
      prefetch={false}
      tabIndex={-1}
      {...prefetch}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        open(row.id);
      }}
      className="group/name flex min-w-0 items-center gap-2 font-medium text-ink"
    >
      <Avatar
        name={row.display_name}
        size="xs"
        shape={row.kind === "business" ? "square" : "circle"}
      />
      <span dir="auto" className="truncate underline-offset-4 group-hover/name:underline">
        {row.display_name}
      </span>
    </Link>
  );
}

export function PhoneCell({ row }: { row: CustomerRow }) {
  const t = useTranslations("customers");
  if (row.phone) {
    return (
      <a
        href={phoneHref(row.phone, row.phone_extension)}
        dir="ltr"
        tabIndex={-1}
        className="tabular truncate underline-offset-4 hover:underline"
      >
        {formatPhone(row.phone, row.phone_extension)}
      </a>
    );
  }
  if (!row.phone_raw) return null;
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-warning-ink">
      <span dir="ltr" className="truncate">
        {row.phone_raw}
      </span>
      <Tooltip label={t("phone.invalid")}>
        <TriangleAlert role="img" aria-label={t("phone.invalid")} className="size-3.5 shrink-0" />
      </Tooltip>
    </span>
  );
}

export function MailCell({ row }: { row: CustomerRow }) {
  if (!row.email) return null;
  return (
    <a
      href={`mailto:${row.email}`}
      tabIndex={-1}
      className="truncate underline-offset-4 hover:underline"
    >
      {row.email}
    </a>
  );
}

export function OwnerCell({ row }: { row: CustomerRow }) {
  if (!row.owner_name) return null;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Avatar name={row.owner_name} size="xs" />
      <span className="truncate">{row.owner_name}</span>
    </span>
  );
}

export function TimeCell({ at }: { at: string | null }) {
  const format = useFormatter();
  if (at === null) return null;
  const instant = new Date(at);
  return (
    <time
      dateTime={at}
      // The server's and the browser's tables of languages may differ in a space.
      suppressHydrationWarning
      title={format.dateTime(instant, { dateStyle: "full", timeStyle: "short" })}
      className="tabular truncate text-muted"
    >
      {format.dateTime(instant, { dateStyle: "medium" })}
    </time>
  );
}

export function RestoreCell({ row }: { row: CustomerRow }) {
  const t = useTranslations("customers.trash");
  const { restore, canWrite } = useListActions();
  if (!canWrite) return null;
  return (
    <Button size="sm" onClick={() => restore(row.id, row.display_name)}>
      <RotateCcw aria-hidden />
      {t("restore")}
    </Button>
  );
}
