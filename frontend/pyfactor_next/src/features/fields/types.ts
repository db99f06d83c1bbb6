import type { ResponseBody } from "@/api";

/** A field that the business has added to one kind of record. */
export type OwnField = ResponseBody<"/api/crm/custom-fields/{id}/", "get">;
export type OwnFieldPage = ResponseBody<"/api/crm/custom-fields/", "get">;
export type Entity = OwnField["entity"];
export type OwnFieldType = OwnField["type"];
/** Key → value, as the API keeps them. */
export type OwnValues = Readonly<Record<string, unknown>>;

export const ENTITIES = ["customer", "contact", "deal"] as const satisfies readonly Entity[];
export const TYPES = [
  "text",
  "long_text",
  "number",
  "money",
  "date",
  "datetime",
  "bool",
  "select",
  "multi_select",
  "url",
  "email",
  "phone",
] as const satisfies readonly OwnFieldType[];

export interface Money {
  amount: string;
  currency: string;
}

export function isSelect(type: OwnFieldType): boolean {
  return type === "select" || type === "multi_select";
}

/** The value of money; null for anything else. */
export function moneyOf(value: unknown): Money | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const { amount, currency } = value as Partial<Money>;
  return typeof amount === "string" && typeof currency === "string" ? { amount, currency } : null;
}

/** The texts of a list; none for anything else. */
export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
