import type { RequestBody, ResponseBody } from "@/api";

export type ImportJob = ResponseBody<"/api/crm/imports/{id}/", "get">;
export type ImportChanges = RequestBody<"/api/crm/imports/{id}/", "patch">;
export type ImportState = ImportJob["state"];
export type ImportMode = ImportJob["mode"];
export type ImportColumn = ImportJob["columns"][number];
export type ImportDialect = ImportJob["dialect"];
export type ImportCounts = ImportJob["counts"];
export type ImportPage = ResponseBody<"/api/crm/imports/", "get">;

export type ImportRow = ResponseBody<"/api/crm/imports/{id}/rows/{line}/", "patch">;
export type ImportRowChanges = RequestBody<"/api/crm/imports/{id}/rows/{line}/", "patch">;
export type ImportRowPage = ResponseBody<"/api/crm/imports/{id}/rows/", "get">;
export type RowAction = ImportRow["action"];
export type RowIssue = ImportRow["errors"][number];
export type CellValue = ImportRow["values"][string];
