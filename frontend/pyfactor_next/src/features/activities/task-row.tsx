"use client";

import { CalendarClock, Ellipsis, Pencil, Repeat, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { Checkbox } from "@/ui/checkbox";
import { cn } from "@/ui/cn";
import { IconButton } from "@/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import { addDays, nextWeek } from "./dates";
import { Due, useDays } from "./due";
import { kindIcons } from "./kind-icons";
import { useActivityActions, useActivityName } from "./mutations";
import type { Activity } from "./types";

const EditActivityDialog = dynamic(() => import("./edit-dialog").then((m) => m.EditActivityDialog));

interface TaskRowProps {
  activity: Activity;
  /** Where it is not plain from the page: the customer it is about. */
  hasSubject?: boolean;
  /** Where there is little room: without priority, assignee and menu. */
  isShort?: boolean;
}

/** One task: done with one click, moved or changed from its menu. */
export function TaskRow({ activity, hasSubject = false, isShort = false }: TaskRowProps) {
  const t = useTranslations("activities");
  const { slug, canWrite } = useSession();
  const name = useActivityName()(activity);
  const { complete, reopen } = useActivityActions();
  const isDone = activity.status === "done";
  const Icon = kindIcons[activity.kind];
  return (
    <li
      className={cn(
        "flex items-center gap-3",
        isShort ? "min-h-9 px-3 py-1" : "min-h-11 border-b px-1 py-1.5 last:border-b-0",
      )}
    >
      {canWrite ? (
        <Checkbox
          checked={isDone}
          onCheckedChange={(checked) => (checked ? complete(activity) : reopen(activity))}
          aria-label={t(isDone ? "task.reopen" : "task.complete", { name })}
          className="size-5 rounded-full"
        />
      ) : (
        <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      )}
      <div className="flex min-w-0 flex-1 flex-col">
        <span className={cn("truncate text-sm", isDone && "text-muted line-through")}>{name}</span>
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 text-xs text-muted">
          <Due activity={activity} />
          {activity.recurrence ? (
            <Repeat aria-label={t("due.repeats")} role="img" className="size-3" />
          ) : null}
          {hasSubject && activity.customer ? (
            <Link
              href={`/${slug}/customers/${activity.customer}`}
              prefetch={false}
              className="truncate hover:text-ink hover:underline"
            >
              {activity.customer_name}
            </Link>
          ) : null}
        </span>
      </div>
      {isShort ? null : <Ends activity={activity} name={name} />}
    </li>
  );
}

/** Priority, assignee and menu, at the end of the row. */
function Ends({ activity, name }: { activity: Activity; name: string }) {
  const t = useTranslations("activities");
  const { canWrite } = useSession();
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      {activity.priority === "high" || activity.priority === "urgent" ? (
        <Badge tone={activity.priority === "urgent" ? "danger" : "warning"}>
          {t(`priorities.${activity.priority}`)}
        </Badge>
      ) : null}
      {activity.assignee_name ? <Avatar name={activity.assignee_name} size="xs" /> : null}
      {canWrite ? (
        <TaskMenu activity={activity} name={name} onEdit={() => setEditing(true)} />
      ) : null}
      {isEditing ? (
        <EditActivityDialog activity={activity} onClose={() => setEditing(false)} />
      ) : null}
    </>
  );
}

function TaskMenu(props: { activity: Activity; name: string; onEdit: () => void }) {
  const { activity, name, onEdit } = props;
  const t = useTranslations("activities");
  const { tenant } = useSession();
  const { today } = useDays();
  const { moveTo, trash } = useActivityActions();
  const days = [
    { when: t("due.today"), day: today },
    { when: t("due.tomorrow"), day: addDays(today, 1) },
    { when: t("due.nextWeek"), day: nextWeek(today, tenant.week_start) },
  ];
  return (
    <Menu
      trigger={
        <IconButton label={t("task.more", { name })} size="icon-sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {activity.status === "open"
        ? days.map(({ when, day }) => (
            <MenuItem
              key={when}
              icon={<CalendarClock aria-hidden />}
              onClick={() => moveTo(activity, day, when)}
            >
              {when}
            </MenuItem>
          ))
        : null}
      {activity.status === "open" ? <MenuSeparator /> : null}
      <MenuItem icon={<Pencil aria-hidden />} onClick={onEdit}>
        {t("task.edit")}
      </MenuItem>
      <MenuItem icon={<Trash2 aria-hidden />} danger onClick={() => trash(activity)}>
        {t("task.delete")}
      </MenuItem>
    </Menu>
  );
}
