"use client";

import { phoneHref } from "@/features/customers";
import { ReachLinks, RecordCard } from "@/features/records";
import { Avatar } from "@/ui/avatar";
import type { ContactRow } from "../types";
import { useCustomersOf } from "./customers-of";

/** One contact in two lines, with buttons that dial and write. */
export function ContactCard({ row, isTrash }: { row: ContactRow; isTrash: boolean }) {
  const [firm] = useCustomersOf(row.id);
  const name = row.display_name;
  const line = [row.job_title, firm?.customer_name].filter(Boolean).join(" · ");
  return (
    <RecordCard
      id={row.id}
      isTrash={isTrash}
      picture={<Avatar name={name} size="md" />}
      first={name}
      second={<span className="truncate">{line || row.email}</span>}
    >
      <ReachLinks
        name={name}
        email={row.email ?? ""}
        dial={row.phone ? phoneHref(row.phone, row.phone_extension) : ""}
      />
    </RecordCard>
  );
}
