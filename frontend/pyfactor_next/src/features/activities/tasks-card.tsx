"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useRecordFrame } from "@/features/records";
import { useSession } from "@/features/session";
import { RELATED_SHOWN, RelatedCard } from "@/ui/related-card";
import { type ActivitiesQuery, activitiesQuery } from "./queries";
import { TaskRow } from "./task-row";
import type { About } from "./types";

const QUERY: ActivitiesQuery = {
  kind__in: ["task", "call", "meeting", "email"],
  status: "open",
  ordering: "due",
};

/** What is next to be done about a record. */
export function TasksCard({ about, isReadOnly }: { about: About; isReadOnly: boolean }) {
  const t = useTranslations("activities.sections");
  const { slug, canWrite } = useSession();
  const tTabs = useTranslations("records.tabs");
  const { openSection } = useRecordFrame();
  const { data, error } = useQuery(activitiesQuery(slug, about, QUERY));
  if (error && !data) return null;
  const add = { label: t("addTask"), run: () => openSection("timeline", "task") };
  return (
    <RelatedCard
      title={tTabs("tasks")}
      onTitle={() => openSection("tasks")}
      count={data?.length}
      add={canWrite && !isReadOnly ? add : undefined}
    >
      {data?.slice(0, RELATED_SHOWN).map((task) => (
        <TaskRow key={task.id} activity={task} isShort />
      ))}
    </RelatedCard>
  );
}
