import type { BoardData, Category, DealRow, Stage } from "./types";

export function stage(id: string, category: Category, probability: number): Stage {
  return {
    id,
    pipeline: "sales",
    name: id,
    category,
    probability,
    position: 0,
    colour: "grey",
    rot_days: 14,
    is_archived: false,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    created_by: null,
    updated_by: null,
    version: 1,
  };
}

/** A card in the stage "new". */
export function card(id: string, values: Partial<DealRow> = {}): DealRow {
  return {
    id,
    version: 1,
    deal_number: "D-000001",
    name: id.toUpperCase(),
    pipeline: "sales",
    stage: "new",
    stage_name: "new",
    stage_colour: "grey",
    stage_probability: 10,
    rot_days: 14,
    category: "open",
    customer: "customer",
    customer_name: "Old Mill",
    owner: null,
    owner_name: "",
    amount: null,
    currency: "EUR",
    probability: null,
    expected_close_on: null,
    closed_at: null,
    stage_entered_at: "2026-01-01T00:00:00Z",
    next_activity_at: null,
    created_at: "2026-01-01T00:00:00Z",
    deleted_at: null,
    ...values,
  };
}

export const board: BoardData = {
  pipeline: "sales",
  columns: [
    {
      stage: stage("new", "open", 10),
      count: 3,
      sums: [
        { currency: "EUR", amount: "100.5000", weighted: "10.0500" },
        { currency: "USD", amount: "7.0000", weighted: "0.7000" },
      ],
      cards: [
        card("a", { amount: "100.5000" }),
        card("b"),
        card("c", { amount: "7.0000", currency: "USD" }),
      ],
      next: null,
    },
    { stage: stage("won", "won", 100), count: 0, sums: [], cards: [], next: null },
    { stage: stage("lost", "lost", 0), count: 0, sums: [], cards: [], next: null },
  ],
};
