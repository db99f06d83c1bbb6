import type { RequestBody, ResponseBody } from "@/api";

export type Deal = ResponseBody<"/api/crm/deals/{id}/", "get">;
export type DealPage = ResponseBody<"/api/crm/deals/", "get">;
export type DealPatch = RequestBody<"/api/crm/deals/{id}/", "patch">;
export type DealMove = RequestBody<"/api/crm/deals/{id}/move/", "post">;
export type Board = ResponseBody<"/api/crm/deals/board/", "get">;
export type Stage = ResponseBody<"/api/crm/stages/{id}/", "get">;
export type Pipeline = ResponseBody<"/api/crm/pipelines/{id}/", "get">;
export type LostReason = ResponseBody<"/api/crm/lost-reasons/{id}/", "get">;
export type StageVisit = ResponseBody<"/api/crm/deals/{id}/stages/", "get">["results"][number];
export type Category = Stage["category"];
export type Colour = Stage["colour"];

/** What a card needs: for what it shows, and a write (`version`). */
export const CARD_FIELDS = [
  "id",
  "version",
  "deal_number",
  "name",
  "pipeline",
  "stage",
  "stage_name",
  "stage_colour",
  "stage_probability",
  "rot_days",
  "category",
  "customer",
  "customer_name",
  "owner",
  "owner_name",
  "amount",
  "currency",
  "probability",
  "expected_close_on",
  "closed_at",
  "stage_entered_at",
  "next_activity_at",
  "created_at",
  "deleted_at",
] as const satisfies readonly (keyof Deal)[];

/** A deal as the board gets it: `fields=` leaves out the rest. */
export type DealRow = Pick<Deal, (typeof CARD_FIELDS)[number]>;

/** What a row of the list needs beyond that. */
export const ROW_FIELDS = [
  ...CARD_FIELDS,
  "next_step",
  "source",
  "tags",
  "custom",
  "updated_at",
] as const satisfies readonly (keyof Deal)[];

/** A deal as its list gets it. */
export type ListedDeal = Pick<Deal, (typeof ROW_FIELDS)[number]>;

export const CATEGORIES = ["open", "won", "lost"] as const satisfies readonly Category[];

export interface Column {
  stage: Stage;
  count: number;
  sums: { currency: string; amount: string; weighted: string }[];
  cards: DealRow[];
  next: string | null;
}

export interface BoardData {
  pipeline: string;
  columns: Column[];
}
