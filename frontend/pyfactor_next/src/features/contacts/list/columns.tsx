"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { formatPhone, languageName, phoneHref } from "@/features/customers";
import {
  MailCell,
  NameCell,
  TextCell,
  TimeCell,
  useOwnColumns,
  useTrashColumns,
} from "@/features/records";
import { TagsCell } from "@/features/tags";
import type { DataColumn } from "@/ui/data-table/model";
import type { ContactRow } from "../types";
import type { CellField } from "./cell-edit";
import { CustomersCell } from "./customers-of";
import { contactsSource, nameOf } from "./source";

const CellEdit = dynamic(() => import("./cell-edit").then((m) => m.CellEdit));

type ContactColumn = DataColumn<ContactRow>;

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

function DayCell({ day }: { day: string | null | undefined }) {
  const format = useFormatter();
  if (!day) return null;
  // A date is a date: shown as written, in no time zone.
  const date = new Date(`${day}T00:00:00Z`);
  return (
    <span className="tabular truncate">
      {format.dateTime(date, { dateStyle: "medium", timeZone: "UTC" })}
    </span>
  );
}

function editorOf(field: CellField): NonNullable<ContactColumn["edit"]> {
  return function editCell(row, close) {
    return <CellEdit row={row} field={field} close={close} />;
  };
}

/** The list's columns; in the trash also when a contact was deleted, and the way back. */
export function useColumns(isTrash: boolean): ContactColumn[] {
  const own = useOwnColumns(contactsSource, nameOf);
  const t = useTranslations("contacts.fields");
  const locale = useLocale();
  const ofTrash = useTrashColumns<ContactRow>();
  return useMemo(() => {
    const text = (name: "job_title" | "department", width: number): ContactColumn => ({
      id: name,
      header: t(name),
      width,
      edit: editorOf(name),
      cell: (row) => <TextCell>{row[name]}</TextCell>,
    });
    return [
      {
        id: "name",
        header: t("display_name"),
        ordering: "name",
        width: 230,
        minWidth: 140,
        cell: (row) => <NameCell id={row.id} name={row.display_name} />,
      },
      ...(isTrash ? ofTrash : []),
      text("job_title", 170),
      {
        id: "customers",
        header: t("customers"),
        width: 210,
        cell: (row) => <CustomersCell contactId={row.id} />,
      },
      {
        id: "email",
        header: t("email"),
        ordering: "email",
        width: 220,
        edit: editorOf("email"),
        cell: (row) => <MailCell address={row.email ?? ""} />,
      },
      {
        id: "phone",
        header: t("phone"),
        width: 170,
        edit: editorOf("phone"),
        cell: (row) => <PhoneCell row={row} />,
      },
      {
        id: "tags",
        header: t("tags"),
        width: 190,
        cell: (row) => <TagsCell ids={row.tags ?? []} />,
      },
      { ...text("department", 150), isHiddenAtFirst: true },
      {
        id: "language",
        header: t("language"),
        width: 130,
        isHiddenAtFirst: true,
        edit: editorOf("language"),
        cell: (row) => (
          <TextCell>{row.language ? languageName(row.language, locale) : ""}</TextCell>
        ),
      },
      {
        id: "birthday",
        header: t("birthday"),
        width: 124,
        isHiddenAtFirst: true,
        edit: editorOf("birthday"),
        cell: (row) => <DayCell day={row.birthday} />,
      },
      {
        id: "created_at",
        header: t("created_at"),
        ordering: "created_at",
        width: 124,
        cell: (row) => <TimeCell at={row.created_at} />,
      },
      {
        id: "updated_at",
        header: t("updated_at"),
        ordering: "updated_at",
        width: 124,
        isHiddenAtFirst: true,
        cell: (row) => <TimeCell at={row.updated_at} />,
      },
      ...own,
    ];
  }, [t, ofTrash, locale, isTrash, own]);
}
