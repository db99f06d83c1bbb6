"use client";

import { RotateCcw } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { formatPhone, phoneHref } from "@/features/customers";
import { useSession } from "@/features/session";
import { TagsCell } from "@/features/tags";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import type { DataColumn } from "@/ui/data-table/model";
import { useTrashContact } from "../mutations";
import type { ContactRow } from "../types";
import { CustomersCell } from "./customers-of";

export type ContactColumn = DataColumn<ContactRow>;

function NameCell({ row }: { row: ContactRow }) {
  const { slug } = useSession();
  return (
    <Link
      href={`/${slug}/contacts/${row.id}`}
      prefetch={false}
      tabIndex={-1}
      className="group/name flex min-w-0 items-center gap-2 font-medium text-ink"
    >
      <Avatar name={row.display_name} size="xs" />
      <span dir="auto" className="truncate underline-offset-4 group-hover/name:underline">
        {row.display_name}
      </span>
    </Link>
  );
}

function PhoneCell({ row }: { row: ContactRow }) {
  if (!row.phone) return <span className="truncate text-muted">{row.phone_raw}</span>;
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

function MailCell({ row }: { row: ContactRow }) {
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

function TimeCell({ at }: { at: string | null }) {
  const format = useFormatter();
  if (at === null) return null;
  return (
    <time dateTime={at} suppressHydrationWarning className="tabular truncate text-muted">
      {format.dateTime(new Date(at), { dateStyle: "medium" })}
    </time>
  );
}

export function RestoreCell({ row }: { row: ContactRow }) {
  const t = useTranslations("contacts.trash");
  const { canWrite } = useSession();
  const { restore, isPending } = useTrashContact();
  if (!canWrite) return null;
  return (
    <Button size="sm" busy={isPending} onClick={() => void restore(row)}>
      <RotateCcw aria-hidden />
      {t("restore")}
    </Button>
  );
}

/** The list's columns; in the trash also when a contact was deleted, and the way back. */
export function useColumns(isTrash: boolean): ContactColumn[] {
  const t = useTranslations("contacts");
  return useMemo(() => {
    const text = (row: string | undefined) => <span className="truncate">{row}</span>;
    const name: ContactColumn = {
      id: "name",
      header: t("fields.display_name"),
      ordering: "name",
      width: 230,
      minWidth: 140,
      cell: (row) => <NameCell row={row} />,
    };
    const ofTrash: ContactColumn[] = [
      {
        id: "deleted_at",
        header: t("fields.deleted_at"),
        width: 124,
        cell: (row) => <TimeCell at={row.deleted_at} />,
      },
      {
        id: "restore",
        header: t("trash.restore"),
        width: 140,
        cell: (row) => <RestoreCell row={row} />,
      },
    ];
    return [
      name,
      ...(isTrash ? ofTrash : []),
      {
        id: "job_title",
        header: t("fields.job_title"),
        width: 170,
        cell: (row) => text(row.job_title),
      },
      {
        id: "customers",
        header: t("fields.customers"),
        width: 210,
        cell: (row) => <CustomersCell contactId={row.id} />,
      },
      {
        id: "email",
        header: t("fields.email"),
        ordering: "email",
        width: 220,
        cell: (row) => <MailCell row={row} />,
      },
      {
        id: "phone",
        header: t("fields.phone"),
        width: 170,
        cell: (row) => <PhoneCell row={row} />,
      },
      {
        id: "tags",
        header: t("fields.tags"),
        width: 190,
        cell: (row) => <TagsCell ids={row.tags ?? []} />,
      },
      {
        id: "department",
        header: t("fields.department"),
        width: 150,
        isHiddenAtFirst: true,
        cell: (row) => text(row.department),
      },
      {
        id: "created_at",
        header: t("fields.created_at"),
        ordering: "created_at",
        width: 124,
        cell: (row) => <TimeCell at={row.created_at} />,
      },
      {
        id: "updated_at",
        header: t("fields.updated_at"),
        ordering: "updated_at",
        width: 124,
        isHiddenAtFirst: true,
        cell: (row) => <TimeCell at={row.updated_at} />,
      },
    ];
  }, [t, isTrash]);
}
