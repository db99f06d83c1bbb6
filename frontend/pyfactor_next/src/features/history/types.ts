import type { QueryParams, ResponseBody } from "@/api";

export type ChangeSet = ResponseBody<"/api/changes/", "get">["results"][number];
export type ChangePage = ResponseBody<"/api/changes/", "get">;
export type RecordChange = ResponseBody<
  "/api/crm/customers/{id}/history/",
  "get"
>["results"][number];
export type RecordChangePage = ResponseBody<"/api/crm/customers/{id}/history/", "get">;
export type Change = ResponseBody<"/api/changes/{id}/records/", "get">["results"][number];
export type FieldChange = Change["fields"][number];
export type Operation = Change["operation"];
export type UndoResult = ResponseBody<"/api/changes/{id}/undo/", "post">;
export type Conflict = UndoResult["conflicts"][number];
export type LogQuery = QueryParams<"/api/changes/", "get">;
