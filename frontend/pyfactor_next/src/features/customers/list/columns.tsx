"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import {
  MailCell,
  NameCell,
  PersonCell,
  QuietCell,
  TextCell,
  TimeCell,
  useOwnColumns,
  useTrashColumns,
} from "@/features/records";
import { TagsCell } from "@/features/tags";
import { countryName } from "@/i18n/regions";
import type { DataColumn } from "@/ui/data-table/model";
import { StageBadge, StatusText } from "../badges";
import { formatWebsite } from "../phone";
import type { CustomerRow } from "../types";
import type { CellField } from "./cell-edit";
import { nameOf } from "./name-of";
import { PhoneCell } from "./phone-cell";
import { customersSource } from "./source";

const CellEdit = dynamic(() => import("./cell-edit").then((m) => m.CellEdit));

type CustomerColumn = DataColumn<CustomerRow>;

function editorOf(field: CellField): NonNullable<CustomerColumn["edit"]> {
  return function editCell(row, close) {
    return <CellEdit row={row} field={field} close={close} />;
  };
}

/** The list's columns; in the trash also when a customer was deleted, and the way back. */
export function useColumns(isTrash: boolean): CustomerColumn[] {
  const own = useOwnColumns(customersSource, nameOf);
  const ofTrash = useTrashColumns<CustomerRow>();
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
        cell: (row) => (
          <NameCell
            id={row.id}
            name={row.display_name}
            shape={row.kind === "business" ? "square" : "circle"}
          />
        ),
      },
      {
        id: "account_number",
        header: t("columns.account_number"),
        ordering: "account_number",
        width: 104,
        cell: (row) => <QuietCell>{row.account_number}</QuietCell>,
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
            <TextCell>{`${row.first_name} ${row.last_name}`.trim()}</TextCell>
          ) : null,
      },
      {
        id: "email",
        header: t("fields.email"),
        ordering: "email",
        width: 210,
        edit: editorOf("email"),
        cell: (row) => <MailCell address={row.email} />,
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
        cell: (row) => <TextCell>{row.billing_city}</TextCell>,
      },
      {
        id: "country",
        header: t("columns.country"),
        ordering: "country",
        width: 140,
        edit: editorOf("billing_country"),
        cell: (row) => (
          <TextCell>{row.billing_country ? countryName(row.billing_country, locale) : ""}</TextCell>
        ),
      },
      {
        id: "owner",
        header: t("fields.owner"),
        width: 160,
        edit: editorOf("owner"),
        cell: (row) => <PersonCell name={row.owner_name} />,
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
        cell: (row) => <TextCell>{t(`kinds.${row.kind}`)}</TextCell>,
      },
      {
        id: "industry",
        header: t("fields.industry"),
        isHiddenAtFirst: true,
        edit: editorOf("industry"),
        cell: (row) => <TextCell>{row.industry}</TextCell>,
      },
      {
        id: "source",
        header: t("fields.source"),
        isHiddenAtFirst: true,
        edit: editorOf("source"),
        cell: (row) => <TextCell>{row.source}</TextCell>,
      },
      {
        id: "website",
        header: t("fields.website"),
        width: 180,
        isHiddenAtFirst: true,
        edit: editorOf("website"),
        cell: (row) => <TextCell>{formatWebsite(row.website)}</TextCell>,
      },
      {
        id: "currency",
        header: t("fields.currency"),
        width: 96,
        isHiddenAtFirst: true,
        edit: editorOf("currency"),
        cell: (row) => <QuietCell>{row.currency}</QuietCell>,
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
    return [...(name ? [name] : []), ...ofTrash, ...others];
  }, [t, ofTrash, locale, isTrash, own]);
}
