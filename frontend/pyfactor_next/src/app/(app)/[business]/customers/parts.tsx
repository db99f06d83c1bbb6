"use client";

import dynamic from "next/dynamic";
import { CustomerContacts } from "@/features/contacts";
import type { Customer } from "@/features/customers";
import { CustomerDeals } from "@/features/deals";
import { RecordHistory } from "@/features/history";
import type { RecordParts } from "@/features/records";
import { RecordTags } from "@/features/tags";

// Each is loaded when its tab is opened.
const RecordActions = dynamic(() => import("@/features/activities").then((m) => m.RecordActions));
const RecordTasks = dynamic(() => import("@/features/activities").then((m) => m.RecordTasks));
const RecordNotes = dynamic(() => import("@/features/activities").then((m) => m.RecordNotes));
const Timeline = dynamic(() => import("@/features/timeline").then((m) => m.Timeline));
const RecordFiles = dynamic(() => import("@/features/attachments").then((m) => m.RecordFiles));

/** What a customer's page and panel are made of, beside the customer itself. */
export const customerParts: RecordParts<Customer> = {
  tags: ({ id, tags, deleted_at }) => (
    <RecordTags kind="customers" id={id} tags={tags ?? []} isReadOnly={deleted_at !== null} />
  ),
  actions: ({ deleted_at }) => <RecordActions isReadOnly={deleted_at !== null} />,
  sections: ({ id, display_name, deleted_at, version }) => {
    const about = { customer: id };
    const isReadOnly = deleted_at !== null;
    return [
      {
        name: "timeline",
        content: <Timeline about={about} name={display_name} isReadOnly={isReadOnly} />,
      },
      { name: "tasks", content: <RecordTasks about={about} /> },
      { name: "notes", content: <RecordNotes about={about} /> },
      {
        name: "contacts",
        content: <CustomerContacts customerId={id} name={display_name} isReadOnly={isReadOnly} />,
      },
      { name: "deals", content: <CustomerDeals customerId={id} name={display_name} /> },
      { name: "files", content: <RecordFiles owner={about} isReadOnly={isReadOnly} /> },
      {
        name: "history",
        content: (
          <RecordHistory entity="crm.customer" resource="customers" id={id} version={version} />
        ),
      },
    ];
  },
};
