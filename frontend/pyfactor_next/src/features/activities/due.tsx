"use client";

import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import { addDays, dayIn } from "./dates";
import type { Activity } from "./types";

type Timed = Pick<Activity, "due_on" | "due_at" | "starts_at" | "status">;

/** The business's day and the person's words for days near it. */
export function useDays() {
  const t = useTranslations("activities.due");
  const format = useFormatter();
  const { tenant } = useSession();
  const zone = tenant.timezone || "UTC";
  const now = new Date();
  const today = dayIn(zone, now);
  const words: Record<string, string> = {
    [addDays(today, -1)]: t("yesterday"),
    [today]: t("today"),
    [addDays(today, 1)]: t("tomorrow"),
  };
  const nameOf = (day: string): string =>
    words[day] ??
    format.dateTime(new Date(`${day}T00:00:00Z`), {
      timeZone: "UTC",
      month: "short",
      day: "numeric",
      ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" }),
    });
  return { zone, now, today, nameOf };
}

/** When it is due in words, and whether that is over. Null without a time. */
export function useDueText(): (activity: Timed) => { text: string; isLate: boolean } | null {
  const format = useFormatter();
  const { zone, now, today, nameOf } = useDays();
  return (activity) => {
    const isOpen = activity.status === "open";
    if (activity.due_on) {
      return { text: nameOf(activity.due_on), isLate: isOpen && activity.due_on < today };
    }
    const at = activity.due_at ?? activity.starts_at;
    if (!at) return null;
    const instant = new Date(at);
    const time = format.dateTime(instant, { timeZone: zone, timeStyle: "short" });
    return { text: `${nameOf(dayIn(zone, instant))}, ${time}`, isLate: isOpen && instant < now };
  };
}

export function Due({ activity }: { activity: Timed }) {
  const t = useTranslations("activities.due");
  const due = useDueText()(activity);
  if (!due) return null;
  return (
    <span
      className={cn("tabular text-xs", due.isLate ? "font-medium text-danger-ink" : "text-muted")}
    >
      {due.text}
      {due.isLate ? <span className="sr-only">{` ${t("overdue")}`}</span> : null}
    </span>
  );
}
