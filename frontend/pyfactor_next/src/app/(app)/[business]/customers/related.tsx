"use client";

import { TasksCard } from "@/features/activities";
import { ContactsCard } from "@/features/contacts";
import type { Customer } from "@/features/customers";
import { DealsCard } from "@/features/deals";
import type { RelatedProps } from "../record-parts";

/** What a customer has to do with, beside its page. */
export default function CustomerRelated({ record, isReadOnly }: RelatedProps<Customer>) {
  return (
    <>
      <ContactsCard customerId={record.id} isReadOnly={isReadOnly} />
      <DealsCard query={{ customer: record.id }} isReadOnly={isReadOnly} />
      <TasksCard about={{ customer: record.id }} isReadOnly={isReadOnly} />
    </>
  );
}
