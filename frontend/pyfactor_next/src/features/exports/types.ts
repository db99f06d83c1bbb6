import type { ResponseBody } from "@/api";

export type ExportPage = ResponseBody<"/api/crm/exports/", "get">;
export type ExportItem = ExportPage["results"][number];
