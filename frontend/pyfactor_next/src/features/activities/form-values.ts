import { instantOf, localOf } from "./dates";
import { type Mentions, opened, stored } from "./mentions";
import { REPEATS, type Repeat, repeatOf } from "./repeats";
import type { Activity, ActivityInput, Kind } from "./types";

/** What the form holds: days, times and instants as inputs have them, "" for nothing. */
export interface FormValues {
  kind: Kind;
  subject: string;
  /** As it reads in its field; `mentions` says whom the names in it mean. */
  body: string;
  mentions: Mentions;
  dueOn: string;
  dueTime: string;
  remindAt: string;
  startsAt: string;
  minutes: string;
  assignee: string;
  priority: Activity["priority"];
  repeat: Repeat;
  direction: "in" | "out";
  customer: string;
}

export function emptyValues(kind: Kind, assignee: string): FormValues {
  return {
    kind,
    subject: "",
    body: "",
    mentions: {},
    dueOn: "",
    dueTime: "",
    remindAt: "",
    startsAt: "",
    minutes: "",
    assignee,
    priority: "normal",
    repeat: "none",
    direction: "out",
    customer: "",
  };
}

export function valuesOf(activity: Activity, zone: string): FormValues {
  const { text, mentions } = opened(activity.body ?? "");
  const due = activity.due_at ? localOf(activity.due_at, zone) : "";
  const local = (instant: string | null | undefined): string =>
    instant ? localOf(instant, zone) : "";
  return {
    kind: activity.kind,
    subject: activity.subject ?? "",
    body: text,
    mentions,
    dueOn: activity.due_on ?? due.slice(0, 10),
    dueTime: due.slice(11),
    remindAt: local(activity.remind_at),
    startsAt: local(activity.starts_at),
    minutes: activity.duration_seconds ? String(Math.round(activity.duration_seconds / 60)) : "",
    assignee: activity.assignee ?? "",
    priority: activity.priority,
    repeat: repeatOf(activity.recurrence ?? ""),
    direction: activity.direction === "in" ? "in" : "out",
    customer: activity.customer ?? "",
  };
}

const orNull = (text: string): string | null => text || null;

/** The fields that the form of a kind shows, as the API takes them. */
export function inputOf(values: FormValues, zone: string): ActivityInput {
  const { kind, subject } = values;
  const body = stored(values.body, values.mentions);
  const common = { kind, subject: subject.trim(), body };
  const seconds = values.minutes ? Math.round(Number(values.minutes) * 60) : null;
  switch (kind) {
    case "note":
      return common;
    case "call":
      return { ...common, direction: values.direction, duration_seconds: seconds };
    case "email":
      return { ...common, direction: values.direction };
    case "meeting":
      return {
        ...common,
        assignee: orNull(values.assignee),
        starts_at: values.startsAt ? instantOf(values.startsAt, zone) : null,
        duration_seconds: seconds,
      };
    case "task":
      return {
        ...common,
        assignee: orNull(values.assignee),
        priority: values.priority,
        due_on: values.dueTime ? null : orNull(values.dueOn),
        due_at:
          values.dueOn && values.dueTime
            ? instantOf(`${values.dueOn}T${values.dueTime}`, zone)
            : null,
        remind_at: values.remindAt ? instantOf(values.remindAt, zone) : null,
        ...(values.repeat === "other" ? {} : { recurrence: REPEATS[values.repeat] }),
      };
  }
}

/** Whether there is enough to save. */
export function isComplete({ kind, subject, body }: FormValues): boolean {
  return kind === "note" ? body.trim() !== "" : subject.trim() !== "";
}
