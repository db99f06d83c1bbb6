"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { type OwnField, useOwnFields, useOwnText } from "@/features/fields";
import { TagsCell } from "@/features/tags";
import { countryName } from "@/i18n/regions";
import type { DataColumn, TableLayout } from "@/ui/data-table/model";
import { StageBadge, StatusText } from "../badges";
import { formatWebsite } from "../phone";
import type { CustomerRow } from "../types";
import type { CellField } from "./cell-edit";
import { MailCell, NameCell, OwnerCell, PhoneCell, RestoreCell, TimeCell } from "./cells";

const CellEdit = dynamic(() => import("./cell-edit").then((m) => m.CellEdit));

export type CustomerColumn = DataColumn<CustomerRow>;

function Text({ children }: { children: string }) {
  return <span className="truncate">{children}</span>;
}

function Quiet({ children }: { children: string }) {
  return <span className="tabular truncate text-muted">{children}</span>;
}

function editorOf(field: CellField): NonNullable<CustomerColumn["edit"]> {
  return function editCell(row, close) {
    return <CellEdit row={row} field={field} close={close} />;
  };
}

export function rowId(row: CustomerRow): string {
  return row.id;
}

/** The list's columns; in the trash also when a customer was deleted, and the way back. */
export function useColumns(isTrash: boolean): CustomerColumn[] {
  const own = useOwnColumns();
  const t = useTranslations("customers");
  const locale = useLocale();
  return useMemo(() => {
    const columns: CustomerColumn[] = [
      {
        id: "name",
        header: t("columns.name"),
        ordering: "name",
        width: 260,
        minWidth: 140,
        cell: (row) => <NameCell row={row} />,
      },
      {
        id: "account_number",
        header: t("columns.account_number"),
        ordering: "account_number",
        width: 104,
        cell: (row) => <Quiet>{row.account_number}</Quiet>,
      },
      {
        id: "stage",
        header: t("fields.stage"),
        ordering: "stage",
        width: 116,
        edit: editorOf("stage"),
        cell: (row) => <StageBadge stage={row.stage} />,
      },
      {
        id: "contact",
        header: t("columns.contact"),
        width: 160,
        cell: (row) =>
          row.kind === "business" ? (
            <Text>{`${row.first_name} ${row.last_name}`.trim()}</Text>
          ) : null,
      },
      {
        id: "email",
        header: t("fields.email"),
        ordering: "email",
        width: 210,
        edit: editorOf("email"),
        cell: (row) => <MailCell row={row} />,
      },
      {
        id: "phone",
        header: t("fields.phone"),
        width: 168,
        edit: editorOf("phone"),
        cell: (row) => <PhoneCell row={row} />,
      },
      {
        id: "city",
        header: t("columns.city"),
        ordering: "city",
        width: 140,
        edit: editorOf("billing_city"),
        cell: (row) => <Text>{row.billing_city}</Text>,
      },
      {
        id: "country",
        header: t("columns.country"),
        ordering: "country",
        width: 140,
        edit: editorOf("billing_country"),
        cell: (row) => (
          <Text>{row.billing_country ? countryName(row.billing_country, locale) : ""}</Text>
        ),
      },
      {
        id: "owner",
        header: t("fields.owner"),
        width: 160,
        edit: editorOf("owner"),
        cell: (row) => <OwnerCell row={row} />,
      },
      {
        id: "created_at",
        header: t("columns.created_at"),
        ordering: "created_at",
        width: 124,
        cell: (row) => <TimeCell at={row.created_at} />,
      },
      {
        id: "status",
        header: t("fields.status"),
        width: 112,
        isHiddenAtFirst: true,
        edit: editorOf("status"),
        cell: (row) => <StatusText status={row.status} />,
      },
      {
        id: "tags",
        header: t("columns.tags"),
        width: 190,
        isHiddenAtFirst: true,
        cell: (row) => <TagsCell ids={row.tags ?? []} />,
      },
      {
        id: "kind",
        header: t("fields.kind"),
        width: 112,
        isHiddenAtFirst: true,
        cell: (row) => <Text>{t(`kinds.${row.kind}`)}</Text>,
      },
      {
        id: "industry",
        header: t("fields.industry"),
        isHiddenAtFirst: true,
        edit: editorOf("industry"),
        cell: (row) => <Text>{row.industry}</Text>,
      },
      {
        id: "source",
        header: t("fields.source"),
        isHiddenAtFirst: true,
        edit: editorOf("source"),
        cell: (row) => <Text>{row.source}</Text>,
      },
      {
        id: "website",
        header: t("fields.website"),
        width: 180,
        isHiddenAtFirst: true,
        edit: editorOf("website"),
        cell: (row) => <Text>{formatWebsite(row.website)}</Text>,
      },
      {
        id: "currency",
        header: t("fields.currency"),
        width: 96,
        isHiddenAtFirst: true,
        edit: editorOf("currency"),
        cell: (row) => <Quiet>{row.currency}</Quiet>,
      },
      {
        id: "updated_at",
        header: t("columns.updated_at"),
        ordering: "updated_at",
        width: 124,
        isHiddenAtFirst: true,
        cell: (row) => <TimeCell at={row.updated_at} />,
      },
      ...own,
    ];
    if (!isTrash) return columns;
    const [name, ...others] = columns;
    return [
      ...(name ? [name] : []),
      {
        id: "deleted_at",
        header: t("columns.deleted_at"),
        width: 124,
        cell: (row) => <TimeCell at={row.deleted_at} />,
      },
      {
        id: "restore",
        header: t("trash.restore"),
        width: 116,
        cell: (row) => <RestoreCell row={row} />,
      },
      ...others,
    ];
  }, [t, locale, isTrash, own]);
}

function useOwnColumns(): CustomerColumn[] {
  const fields = useOwnFields("customer");
  return useMemo(
    () =>
      fields.map((field) => ({
        id: `custom.${field.key}`,
        header: field.label,
        ordering: `custom.${field.key}`,
        isHiddenAtFirst: true,
        cell: (row) => <OwnCell field={field} row={row} />,
      })),
    [fields],
  );
}

function OwnCell({ field, row }: { field: OwnField; row: CustomerRow }) {
  const text = useOwnText();
  return (
    <span dir="auto" className="tabular truncate">
      {text(field, row.custom[field.key])}
    </span>
  );
}

/** The arrangement that an address asks for; widths stay the person's own. */
export function layoutFromColumns(
  columns: readonly CustomerColumn[],
  shown: readonly string[],
  own: TableLayout,
): TableLayout {
  const hidden = columns.map((column) => column.id).filter((id) => !shown.includes(id));
  return { ...own, order: [...shown], hidden };
}

/** The columns that a layout shows, in its order. */
export function columnsOfLayout(columns: readonly CustomerColumn[], layout: TableLayout): string[] {
  const ids = columns.map((column) => column.id);
  const ordered = layout.order.filter((id) => ids.includes(id));
  return [...ordered, ...ids.filter((id) => !ordered.includes(id))].filter(
    (id) => !layout.hidden.includes(id),
  );
}
