"use client";

import { RotateCcw } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { isPlainClick, useListActions, usePrefetch } from "./list-actions";

interface NameCellProps {
  id: string;
  name: string;
  shape?: "square" | "circle";
}

/** A record's name, which opens it. */
export function NameCell({ id, name, shape = "circle" }: NameCellProps) {
  const { open, href } = useListActions();
  const prefetch = usePrefetch(id);
  return (
    <Link
      href={href(id)}
      prefetch={false}
      tabIndex={-1}
      {...prefetch}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        open(id);
      }}
      className="group/name flex min-w-0 items-center gap-2 font-medium text-ink"
    >
      <Avatar name={name} size="xs" shape={shape} />
      <span dir="auto" className="truncate underline-offset-4 group-hover/name:underline">
        {name}
      </span>
    </Link>
  );
}

export function MailCell({ address }: { address: string }) {
  if (!address) return null;
  return (
    <a
      href={`mailto:${address}`}
      tabIndex={-1}
      className="truncate underline-offset-4 hover:underline"
    >
      {address}
    </a>
  );
}

export function PersonCell({ name }: { name: string }) {
  if (!name) return null;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Avatar name={name} size="xs" />
      <span className="truncate">{name}</span>
    </span>
  );
}

export function TextCell({ children }: { children: string | undefined }) {
  return (
    <span dir="auto" className="truncate">
      {children}
    </span>
  );
}

/** A number, or a day, that nobody reads first. */
export function QuietCell({ children }: { children: string }) {
  return <span className="tabular truncate text-muted">{children}</span>;
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

export function RestoreCell({ id }: { id: string }) {
  const t = useTranslations("records.list");
  const { restore, canWrite } = useListActions();
  if (!canWrite) return null;
  return (
    <Button size="sm" onClick={() => restore(id)}>
      <RotateCcw aria-hidden />
      {t("restore")}
    </Button>
  );
}
