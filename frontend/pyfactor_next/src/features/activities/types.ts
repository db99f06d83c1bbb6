import type { RequestBody, ResponseBody } from "@/api";

export type Activity = ResponseBody<"/api/crm/activities/{id}/", "get">;
export type ActivityPage = ResponseBody<"/api/crm/activities/", "get">;
export type ActivityInput = RequestBody<"/api/crm/activities/", "post">;
export type ActivityPatch = RequestBody<"/api/crm/activities/{id}/", "patch">;
export type Tasks = ResponseBody<"/api/crm/activities/tasks/", "get">;
export type Kind = Activity["kind"];

export const KINDS = [
  "note",
  "task",
  "call",
  "email",
  "meeting",
] as const satisfies readonly Kind[];
export const PRIORITIES = [
  "low",
  "normal",
  "high",
  "urgent",
] as const satisfies readonly Activity["priority"][];

/** The record that activities are about: exactly one is given. */
export interface About {
  customer?: string;
  contact?: string;
  deal?: string;
}
