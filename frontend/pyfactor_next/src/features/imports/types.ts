import type { RequestBody, ResponseBody } from "@/api";

export type ImportJob = ResponseBody<"/api/crm/imports/{id}/", "get">;
/** What each row is. */
export type ImportEntity = ImportJob["entity"];
export type ImportState = ImportJob["state"];
export type ImportColumn = ImportJob["columns"][number];
/** A field that a column may go to, or custom.<key> for one that the business has added. */
export type ImportField = NonNullable<ImportColumn["field"]>;
export type MatchKey = ImportJob["match_keys"][number];
export type ImportDialect = ImportJob["dialect"];
type PatchBody = RequestBody<"/api/crm/imports/{id}/", "patch">;
/** What a person may change, by the names that the answer has, too. */
export interface ImportChanges extends Omit<PatchBody, "mapping" | "match_keys"> {
  mapping?: Mapping;
  match_keys?: MatchKey[];
}
/** Column index → field, or null to leave the column out. */
export type Mapping = Record<string, ImportField | null>;
export type ImportCounts = ImportJob["counts"];
export type ImportPage = ResponseBody<"/api/crm/imports/", "get">;

export type ImportRow = ResponseBody<"/api/crm/imports/{id}/rows/{line}/", "patch">;
export type ImportRowChanges = RequestBody<"/api/crm/imports/{id}/rows/{line}/", "patch">;
export type ImportRowPage = ResponseBody<"/api/crm/imports/{id}/rows/", "get">;
export type RowAction = ImportRow["action"];
/** A tab of the review: conflicts are those errors that come of other rows or records. */
export type RowTab = RowAction | "conflict";
export type RowIssue = ImportRow["errors"][number];
export type CellValue = ImportRow["values"][string];
