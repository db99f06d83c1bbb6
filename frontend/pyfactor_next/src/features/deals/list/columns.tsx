"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import {
  NameCell,
  PersonCell,
  QuietCell,
  TextCell,
  TimeCell,
  useOwnColumns,
  useTrashColumns,
} from "@/features/records";
import { useSession } from "@/features/session";
import { TagsCell } from "@/features/tags";
import type { DataColumn } from "@/ui/data-table/model";
import { StageName, useDay, useMoney } from "../bits";
import type { ListedDeal } from "../types";
import type { CellField } from "./cell-edit";
import { dealsSource, nameOf } from "./source";

const CellEdit = dynamic(() => import("./cell-edit").then((m) => m.CellEdit));

type DealColumn = DataColumn<ListedDeal>;

function MoneyCell({ row }: { row: ListedDeal }) {
  const money = useMoney();
  return <span className="tabular truncate">{money(row.amount, row.currency)}</span>;
}

function DayCell({ day }: { day: string | null }) {
  const write = useDay();
  return day ? <QuietCell>{write(day)}</QuietCell> : null;
}

function CustomerCell({ row }: { row: ListedDeal }) {
  const { slug } = useSession();
  return (
    <Link
      href={`/${slug}/customers/${row.customer}`}
      prefetch={false}
      tabIndex={-1}
      dir="auto"
      className="truncate underline-offset-4 hover:underline"
    >
      {row.customer_name}
    </Link>
  );
}

function editorOf(field: CellField): NonNullable<DealColumn["edit"]> {
  return function editCell(row, close) {
    return <CellEdit row={row} field={field} close={close} />;
  };
}

/** The list's columns; in the trash also when a deal was deleted, and the way back. */
export function useColumns(isTrash: boolean): DealColumn[] {
  const own = useOwnColumns(dealsSource, nameOf);
  const t = useTranslations("deals.fields");
  const ofTrash = useTrashColumns<ListedDeal>();
  return useMemo(() => {
    return [
      {
        id: "name",
        header: t("name"),
        ordering: "name",
        width: 250,
        minWidth: 140,
        cell: (row) => <NameCell id={row.id} name={row.name} shape="square" />,
      },
      ...(isTrash ? ofTrash : []),
      {
        id: "deal_number",
        header: t("number"),
        ordering: "deal_number",
        width: 104,
        cell: (row) => <QuietCell>{row.deal_number}</QuietCell>,
      },
      { id: "stage", header: t("stage"), width: 140, cell: (row) => <StageName deal={row} /> },
      {
        id: "customer",
        header: t("customer"),
        width: 200,
        cell: (row) => <CustomerCell row={row} />,
      },
      {
        id: "amount",
        header: t("amount"),
        ordering: "amount",
        width: 130,
        align: "end",
        edit: editorOf("amount"),
        cell: (row) => <MoneyCell row={row} />,
      },
      {
        id: "expected_close_on",
        header: t("expectedCloseOn"),
        ordering: "expected_close_on",
        width: 130,
        edit: editorOf("expected_close_on"),
        cell: (row) => <DayCell day={row.expected_close_on} />,
      },
      {
        id: "owner",
        header: t("owner"),
        width: 150,
        edit: editorOf("owner"),
        cell: (row) => <PersonCell name={row.owner_name} />,
      },
      {
        id: "tags",
        header: t("tags"),
        width: 190,
        cell: (row) => <TagsCell ids={row.tags ?? []} />,
      },
      {
        id: "closed_at",
        header: t("closedAt"),
        ordering: "closed_at",
        width: 120,
        cell: (row) => <TimeCell at={row.closed_at} />,
      },
      {
        id: "created_at",
        header: t("createdAt"),
        ordering: "created_at",
        width: 120,
        cell: (row) => <TimeCell at={row.created_at} />,
      },
      {
        id: "next_step",
        header: t("nextStep"),
        width: 200,
        isHiddenAtFirst: true,
        edit: editorOf("next_step"),
        cell: (row) => <TextCell>{row.next_step}</TextCell>,
      },
      {
        id: "source",
        header: t("source"),
        isHiddenAtFirst: true,
        edit: editorOf("source"),
        cell: (row) => <TextCell>{row.source}</TextCell>,
      },
      {
        id: "updated_at",
        header: t("updatedAt"),
        ordering: "updated_at",
        width: 120,
        isHiddenAtFirst: true,
        cell: (row) => <TimeCell at={row.updated_at} />,
      },
      ...own,
    ];
  }, [t, ofTrash, isTrash, own]);
}
