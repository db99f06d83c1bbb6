"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "@/ui/data-table/model";
import { RestoreCell, TimeCell } from "./cells";

interface Trashed {
  id: string;
  deleted_at: string | null;
}

/** What a list shows in the trash alone: when a record was deleted, and the way back. */
export function useTrashColumns<Row extends Trashed>(): DataColumn<Row>[] {
  const t = useTranslations("records.list");
  return useMemo(
    () => [
      {
        id: "deleted_at",
        header: t("deleted"),
        width: 124,
        cell: (row) => <TimeCell at={row.deleted_at} />,
      },
      {
        id: "restore",
        header: t("restore"),
        width: 140,
        cell: (row) => <RestoreCell id={row.id} />,
      },
    ],
    [t],
  );
}
