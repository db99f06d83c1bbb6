import type { ResponseBody } from "@/api";

export type Tag = ResponseBody<"/api/crm/tags/{id}/", "get">;
export type TagUse = ResponseBody<"/api/crm/tags/uses/", "get">[number];

/** Resources whose records carry tags, as the API's paths call them. */
export type Tagged = "customers" | "contacts" | "deals";

/** As long as the API lets a tag's name be. */
export const NAME_MAX = 50;
