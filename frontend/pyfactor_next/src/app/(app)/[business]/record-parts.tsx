"use client";

import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import { LastChange, RecordHistory } from "@/features/history";
import type { RecordParts, RecordSection } from "@/features/records";
import { RecordTags } from "@/features/tags";

// Each is loaded when its tab is opened.
const RecordActions = dynamic(() => import("@/features/activities").then((m) => m.RecordActions));
const RecordTasks = dynamic(() => import("@/features/activities").then((m) => m.RecordTasks));
const RecordNotes = dynamic(() => import("@/features/activities").then((m) => m.RecordNotes));
const Timeline = dynamic(() => import("@/features/timeline").then((m) => m.Timeline));
const RecordFiles = dynamic(() => import("@/features/attachments").then((m) => m.RecordFiles));

interface AnyRecord {
  id: string;
  version: number;
  deleted_at: string | null;
  tags?: readonly string[];
}

type Kind = "customer" | "contact" | "deal";
const RESOURCES = { customer: "customers", contact: "contacts", deal: "deals" } as const;

export interface RelatedProps<R> {
  record: R;
  isReadOnly: boolean;
}

interface RecordPartsOptions<R extends AnyRecord, K extends Kind> {
  kind: K;
  nameOf: (record: R) => string;
  /** Tabs of this kind alone, between the timeline and the files. */
  between: (record: R, isReadOnly: boolean) => readonly RecordSection[];
  /** The cards beside it, loaded after the page. */
  Related: ComponentType<RelatedProps<R>>;
}

/** What every record's page is made of, beside the record itself. */
export function recordParts<R extends AnyRecord, K extends Kind>(
  options: RecordPartsOptions<R, K>,
): RecordParts<R> {
  const { kind, nameOf, between, Related } = options;
  const resource = RESOURCES[kind];
  return {
    tags: ({ id, tags, deleted_at }) => (
      <RecordTags kind={resource} id={id} tags={tags ?? []} isReadOnly={deleted_at !== null} />
    ),
    actions: ({ deleted_at }) => <RecordActions isReadOnly={deleted_at !== null} />,
    lastChange: ({ id, version }) => <LastChange resource={resource} id={id} version={version} />,
    related: (record) => <Related record={record} isReadOnly={record.deleted_at !== null} />,
    sections: (record) => {
      const { id, version, deleted_at } = record;
      const about = { [kind]: id } as Record<K, string>;
      const isReadOnly = deleted_at !== null;
      return [
        {
          name: "timeline",
          content: <Timeline about={about} name={nameOf(record)} isReadOnly={isReadOnly} />,
        },
        { name: "tasks", content: <RecordTasks about={about} /> },
        { name: "notes", content: <RecordNotes about={about} /> },
        ...between(record, isReadOnly),
        { name: "files", content: <RecordFiles owner={about} isReadOnly={isReadOnly} /> },
        {
          name: "history",
          content: (
            <RecordHistory entity={`crm.${kind}`} resource={resource} id={id} version={version} />
          ),
        },
      ];
    },
  };
}
