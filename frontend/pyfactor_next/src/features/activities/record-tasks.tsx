"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { useRecordFrame } from "@/features/records";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Skeleton } from "@/ui/skeleton";
import { type ActivitiesQuery, activitiesQuery } from "./queries";
import { TaskRow } from "./task-row";
import type { About, Activity } from "./types";

/** What is to be done about a record, and what was. */
export function RecordTasks({ about }: { about: About }) {
  const t = useTranslations("activities");
  const { slug, canWrite } = useSession();
  const { openSection } = useRecordFrame();
  const query: ActivitiesQuery = {
    kind__in: ["task", "call", "meeting", "email"],
    ordering: "due",
  };
  const { data, error, refetch } = useQuery(activitiesQuery(slug, about, query));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-24 w-full" />;
  const open = data.filter((one) => one.status === "open");
  const done = data.filter((one) => one.status === "done" && one.kind === "task").reverse();
  return (
    <div className="flex flex-col gap-4">
      {canWrite ? (
        <div>
          <Button size="sm" onClick={() => openSection("timeline", "task")}>
            <Plus aria-hidden />
            {t("sections.addTask")}
          </Button>
        </div>
      ) : null}
      {open.length + done.length === 0 ? (
        <p className="py-6 text-center text-sm text-muted">
          {t(canWrite ? "sections.noTasks" : "sections.noTasksRead")}
        </p>
      ) : null}
      {open.length > 0 ? (
        <ul>
          {open.map((activity) => (
            <TaskRow key={activity.id} activity={activity} />
          ))}
        </ul>
      ) : null}
      {done.length > 0 ? <Done activities={done} /> : null}
    </div>
  );
}

function Done({ activities }: { activities: readonly Activity[] }) {
  const t = useTranslations("activities.groups");
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="pb-1 text-xs font-semibold text-muted">
        {t("done")}
      </h3>
      <ul>
        {activities.map((activity) => (
          <TaskRow key={activity.id} activity={activity} />
        ))}
      </ul>
    </section>
  );
}
