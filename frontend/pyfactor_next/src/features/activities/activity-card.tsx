"use client";

import { useQuery } from "@tanstack/react-query";
import { Ellipsis, Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { membersQuery, useSession } from "@/features/session";
import { IconButton } from "@/ui/icon-button";
import { Menu, MenuItem } from "@/ui/menu";
import { Due } from "./due";
import { kindIcons } from "./kind-icons";
import { Markdown } from "./markdown";
import { useActivityActions, useActivityName } from "./mutations";
import type { Activity } from "./types";

const EditActivityDialog = dynamic(() => import("./edit-dialog").then((m) => m.EditActivityDialog));

/** An activity in a timeline or among notes: what, who, when, and its text. */
export function ActivityCard({
  activity,
  canPin = true,
}: {
  activity: Activity;
  canPin?: boolean;
}) {
  const t = useTranslations("activities");
  const tt = useTranslations("timeline");
  const format = useFormatter();
  const { slug, canWrite } = useSession();
  const { data: members = [] } = useQuery(membersQuery(slug));
  const name = useActivityName()(activity);
  const [isEditing, setEditing] = useState(false);
  const Icon = kindIcons[activity.kind];
  const by = members.find((member) => member.id === (activity.completed_by ?? activity.created_by));
  const minutes = activity.duration_seconds ? Math.round(activity.duration_seconds / 60) : 0;
  const facts = [
    t(`kinds.${activity.kind}`),
    activity.direction ? t(`directions.${activity.direction}`) : "",
    minutes ? tt("minutes", { count: minutes }) : "",
    activity.kind === "task" && activity.status === "done" ? tt("doneTask") : "",
    by?.display_name ?? "",
  ].filter(Boolean);
  return (
    <article className="flex gap-3">
      <span
        aria-hidden
        className="mt-0.5 flex size-7 shrink-0 items-center justify-center rounded-full bg-sunken text-muted ring-1 ring-inset ring-line"
      >
        <Icon className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            {activity.subject ? (
              <p className="text-sm font-medium break-words">{activity.subject}</p>
            ) : null}
            <p className="flex flex-wrap gap-x-2 text-xs text-muted">
              <span>{facts.join(" · ")}</span>
              <time dateTime={activity.happened_at} suppressHydrationWarning>
                {format.dateTime(new Date(activity.happened_at), {
                  dateStyle: "medium",
                  timeStyle: "short",
                })}
              </time>
              {activity.status === "open" ? <Due activity={activity} /> : null}
            </p>
          </div>
          {activity.is_pinned ? (
            <Pin
              aria-label={tt("pinned")}
              role="img"
              className="size-3.5 shrink-0 text-accent-ink"
            />
          ) : null}
          {canWrite ? (
            <CardMenu
              activity={activity}
              name={name}
              canPin={canPin}
              onEdit={() => setEditing(true)}
            />
          ) : null}
        </div>
        {activity.body ? (
          <div className="pt-1">
            <Markdown text={activity.body} />
          </div>
        ) : null}
      </div>
      {isEditing ? (
        <EditActivityDialog activity={activity} onClose={() => setEditing(false)} />
      ) : null}
    </article>
  );
}

function CardMenu(props: {
  activity: Activity;
  name: string;
  canPin: boolean;
  onEdit: () => void;
}) {
  const { activity, name, canPin, onEdit } = props;
  const t = useTranslations("timeline");
  const tt = useTranslations("activities.task");
  const { pin, trash } = useActivityActions();
  const isPinned = activity.is_pinned === true;
  return (
    <Menu
      trigger={
        <IconButton label={tt("more", { name })} size="icon-sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {activity.kind === "note" ? (
        <MenuItem
          icon={isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
          disabled={!isPinned && !canPin}
          onClick={() => pin(activity, !isPinned)}
        >
          {isPinned ? t("unpin") : canPin ? t("pin") : t("pinFull")}
        </MenuItem>
      ) : null}
      <MenuItem icon={<Pencil aria-hidden />} onClick={onEdit}>
        {t("edit")}
      </MenuItem>
      <MenuItem icon={<Trash2 aria-hidden />} danger onClick={() => trash(activity)}>
        {t("delete")}
      </MenuItem>
    </Menu>
  );
}
