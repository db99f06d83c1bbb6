"use client";

import dynamic from "next/dynamic";
import type { Deal } from "@/features/deals";
import type { RecordParts } from "@/features/records";
import { RecordTags } from "@/features/tags";

// Each is loaded when its tab is opened.
const RecordActions = dynamic(() => import("@/features/activities").then((m) => m.RecordActions));
const RecordTasks = dynamic(() => import("@/features/activities").then((m) => m.RecordTasks));
const RecordNotes = dynamic(() => import("@/features/activities").then((m) => m.RecordNotes));
const Timeline = dynamic(() => import("@/features/timeline").then((m) => m.Timeline));
const RecordFiles = dynamic(() => import("@/features/attachments").then((m) => m.RecordFiles));

/** What a deal's page is made of, beside the deal itself. */
export const dealParts: RecordParts<Deal> = {
  tags: ({ id, tags, deleted_at }) => (
    <RecordTags kind="deals" id={id} tags={tags ?? []} isReadOnly={deleted_at !== null} />
  ),
  actions: ({ deleted_at }) => <RecordActions isReadOnly={deleted_at !== null} />,
  sections: ({ id, name, deleted_at }) => {
    const about = { deal: id };
    const isReadOnly = deleted_at !== null;
    return [
      { name: "timeline", content: <Timeline about={about} name={name} isReadOnly={isReadOnly} /> },
      { name: "tasks", content: <RecordTasks about={about} /> },
      { name: "notes", content: <RecordNotes about={about} /> },
      { name: "files", content: <RecordFiles owner={about} isReadOnly={isReadOnly} /> },
    ];
  },
};
