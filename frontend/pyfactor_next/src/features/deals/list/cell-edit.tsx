"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { RowEdit } from "@/features/records";
import { membersQuery, useSession } from "@/features/session";
import type { ComboboxOption } from "@/ui/combobox";
import { editableAmount } from "../money";
import type { ListedDeal } from "../types";
import { dealsSource } from "./source";

/** Fields that can be edited in the list itself. A stage is changed by moving the deal. */
export type CellField = "amount" | "expected_close_on" | "owner" | "next_step" | "source";

const LABELS = {
  amount: "amount",
  expected_close_on: "expectedCloseOn",
  owner: "owner",
  next_step: "nextStep",
  source: "source",
} as const satisfies Record<CellField, string>;

interface CellEditProps {
  row: ListedDeal;
  field: CellField;
  close: (step?: 0 | 1 | -1) => void;
}

export function CellEdit({ row, field, close }: CellEditProps) {
  const t = useTranslations("deals.fields");
  return (
    <RowEdit
      source={dealsSource}
      row={row}
      field={field}
      label={t(LABELS[field])}
      name={row.name}
      value={field === "amount" ? editableAmount(row.amount) : (row[field] ?? "")}
      type={field === "expected_close_on" ? "date" : "text"}
      inputMode={field === "amount" ? "decimal" : "text"}
      options={useOwners(field === "owner")}
      isNullable={field === "amount" || field === "expected_close_on" || field === "owner"}
      close={close}
    />
  );
}

function useOwners(isAsked: boolean): readonly ComboboxOption[] | undefined {
  const { slug } = useSession();
  const { data: members = [] } = useQuery({ ...membersQuery(slug), enabled: isAsked });
  if (!isAsked) return undefined;
  return members
    .filter((member) => member.status === "active")
    .map((member) => ({ value: member.id, label: member.display_name }));
}
