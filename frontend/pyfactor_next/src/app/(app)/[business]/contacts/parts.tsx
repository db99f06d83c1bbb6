"use client";

import dynamic from "next/dynamic";
import { type Contact, ContactCustomers } from "@/features/contacts";
import { ContactDeals } from "@/features/deals";
import { RecordHistory } from "@/features/history";
import type { RecordParts } from "@/features/records";
import { RecordTags } from "@/features/tags";

// Each is loaded when its tab is opened.
const RecordActions = dynamic(() => import("@/features/activities").then((m) => m.RecordActions));
const RecordTasks = dynamic(() => import("@/features/activities").then((m) => m.RecordTasks));
const RecordNotes = dynamic(() => import("@/features/activities").then((m) => m.RecordNotes));
const Timeline = dynamic(() => import("@/features/timeline").then((m) => m.Timeline));
const RecordFiles = dynamic(() => import("@/features/attachments").then((m) => m.RecordFiles));

/** What a contact's page is made of, beside the contact itself. */
export const contactParts: RecordParts<Contact> = {
  tags: ({ id, tags, deleted_at }) => (
    <RecordTags kind="contacts" id={id} tags={tags ?? []} isReadOnly={deleted_at !== null} />
  ),
  actions: ({ deleted_at }) => <RecordActions isReadOnly={deleted_at !== null} />,
  sections: ({ id, display_name, deleted_at, version }) => {
    const about = { contact: id };
    const isReadOnly = deleted_at !== null;
    return [
      {
        name: "timeline",
        content: <Timeline about={about} name={display_name} isReadOnly={isReadOnly} />,
      },
      {
        name: "customers",
        content: <ContactCustomers contactId={id} name={display_name} isReadOnly={isReadOnly} />,
      },
      { name: "tasks", content: <RecordTasks about={about} /> },
      { name: "notes", content: <RecordNotes about={about} /> },
      { name: "deals", content: <ContactDeals contactId={id} /> },
      { name: "files", content: <RecordFiles owner={about} isReadOnly={isReadOnly} /> },
      {
        name: "history",
        content: (
          <RecordHistory entity="crm.contact" resource="contacts" id={id} version={version} />
        ),
      },
    ];
  },
};
