"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "use-intl";
import { useRecordFrame } from "@/features/records";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Skeleton } from "@/ui/skeleton";
import { ActivityCard } from "./activity-card";
import { activitiesQuery } from "./queries";
import type { About } from "./types";

/** The notes about a record, newest first. */
export function RecordNotes({ about }: { about: About }) {
  const t = useTranslations("activities.sections");
  const { slug, canWrite } = useSession();
  const { openSection } = useRecordFrame();
  const query = { kind: "note", ordering: "-happened_at" } as const;
  const { data, error, refetch } = useQuery(activitiesQuery(slug, about, query));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-24 w-full" />;
  return (
    <div className="flex flex-col gap-4">
      {canWrite ? (
        <div>
          <Button size="sm" onClick={() => openSection("timeline", "note")}>
            <Plus aria-hidden />
            {t("addNote")}
          </Button>
        </div>
      ) : null}
      {data.length === 0 ? (
        <p className="py-6 text-center text-sm text-muted">
          {t(canWrite ? "noNotes" : "noNotesRead")}
        </p>
      ) : null}
      {data.map((activity) => (
        <ActivityCard key={activity.id} activity={activity} />
      ))}
    </div>
  );
}
