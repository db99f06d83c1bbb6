"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsString, useQueryState } from "nuqs";
import { useId, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { UnreadList } from "@/features/notifications";
import { ApiErrorState, membersQuery, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { EmptyState } from "@/ui/empty-state";
import { PageHeader } from "@/ui/page-header";
import { Select } from "@/ui/select";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { Skeleton } from "@/ui/skeleton";
import { tasksQuery } from "./queries";
import { TaskRow } from "./task-row";
import type { Tasks } from "./types";

const NewTaskDialog = dynamic(() => import("./new-task-dialog").then((m) => m.NewTaskDialog), {
  ssr: false,
});
const MINE = "me";
const ALL = "all";

/** What one is to do, overdue first. */
export function TasksPage() {
  const t = useTranslations("activities");
  const format = useFormatter();
  const { slug, canWrite } = useSession();
  const [assignee, setAssignee] = useQueryState("assignee", parseAsString.withDefault(MINE));
  const [isNew, setNew] = useState(false);
  const { data, error, refetch } = useQuery(tasksQuery(slug, assignee === ALL ? "" : assignee));
  const total = data?.groups.reduce((sum, group) => sum + group.count, 0);
  useShortcut("c", () => setNew(true), {
    label: t("page.new"),
    group: t("shortcuts.group"),
    enabled: canWrite,
  });
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={total === undefined ? null : format.number(total)}
        actions={
          <>
            <AssigneeFilter value={assignee} onChange={(value) => void setAssignee(value)} />
            {canWrite ? (
              <Button variant="primary" onClick={() => setNew(true)}>
                <Plus aria-hidden />
                <span className="max-sm:sr-only">{t("page.new")}</span>
              </Button>
            ) : null}
          </>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 md:px-8">
        <div className="mx-auto flex max-w-3xl flex-col gap-6">
          <UnreadList />
          {error ? <ApiErrorState error={error} onRetry={() => void refetch()} /> : null}
          {data ? null : error ? null : <Waiting />}
          {total === 0 ? (
            <EmptyState
              kind="no-match"
              icon={<CircleCheck />}
              title={t("page.emptyTitle")}
              description={t(assignee === MINE ? "page.emptyMine" : "page.emptyAll")}
              actions={
                assignee === ALL ? null : (
                  <Button onClick={() => void setAssignee(ALL)}>{t("page.showAll")}</Button>
                )
              }
            />
          ) : null}
          {data?.groups.map((group) => (
            <Group key={group.name} group={group} />
          ))}
        </div>
      </div>
      {isNew ? <NewTaskDialog onClose={() => setNew(false)} /> : null}
    </>
  );
}

function Group({ group }: { group: Tasks["groups"][number] }) {
  const t = useTranslations("activities.groups");
  const format = useFormatter();
  const id = useId();
  if (group.count === 0) return null;
  const more = group.count - group.results.length;
  return (
    <section aria-labelledby={id}>
      <h2
        id={id}
        className={cn(
          "flex items-baseline gap-2 border-b pb-1.5 text-sm font-semibold",
          group.name === "overdue" && "text-danger-ink",
        )}
      >
        {t(group.name)}
        <span className="tabular text-xs font-normal text-muted">{format.number(group.count)}</span>
      </h2>
      <ul>
        {group.results.map((activity) => (
          <TaskRow key={activity.id} activity={activity} hasSubject />
        ))}
      </ul>
      {more > 0 ? <p className="pt-2 text-xs text-muted">{t("more", { count: more })}</p> : null}
    </section>
  );
}

function AssigneeFilter({ value, onChange }: { value: string; onChange: (to: string) => void }) {
  const t = useTranslations("activities.page");
  const { slug, membershipId } = useSession();
  const { data: members = [] } = useQuery(membersQuery(slug));
  const others = members
    .filter((member) => member.status === "active" && member.id !== membershipId)
    .map((member) => ({ value: member.id, label: member.display_name }));
  return (
    <Select
      aria-label={t("assignee")}
      value={value}
      onValueChange={onChange}
      className="w-40"
      options={[
        { value: MINE, label: t("mine") },
        { value: ALL, label: t("everybody") },
        ...others,
      ]}
    />
  );
}

function Waiting() {
  return (
    <div aria-busy className="flex flex-col gap-3">
      <Skeleton className="h-5 w-24" />
      <Skeleton className="h-11 w-full" />
      <Skeleton className="h-11 w-full" />
    </div>
  );
}
