"use client";

import { TasksCard } from "@/features/activities";
import { type Contact, CustomersCard } from "@/features/contacts";
import { DealsCard } from "@/features/deals";
import type { RelatedProps } from "../record-parts";

/** What a contact has to do with, beside its page. */
export default function ContactRelated({ record, isReadOnly }: RelatedProps<Contact>) {
  return (
    <>
      <CustomersCard contactId={record.id} isReadOnly={isReadOnly} />
      <DealsCard query={{ contact: record.id }} isReadOnly={isReadOnly} />
      <TasksCard about={{ contact: record.id }} isReadOnly={isReadOnly} />
    </>
  );
}
