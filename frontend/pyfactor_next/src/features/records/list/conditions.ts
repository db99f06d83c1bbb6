/** The compound filter as the API takes it; docs/filters.md is the reference. */
export interface Condition {
  field: string;
  op: string;
  value?: ConditionValue;
}
export type ConditionValue = string | boolean | readonly string[];
export type Group = { and: readonly Node[] } | { or: readonly Node[] };
export type Node = Condition | Group;

export type FieldKind = "text" | "number" | "choice" | "bool" | "date" | "member" | "list";

/** One field of the builder. `options` of a choice or a list, in the order they are shown. */
export interface FilterFieldDef {
  name: string;
  label: string;
  kind: FieldKind;
  options?: readonly { value: string; label: string }[];
}

/** How a value is entered. */
export type ValueShape =
  | "none"
  | "text"
  | "many"
  | "number"
  | "numbers"
  | "bool"
  | "day"
  | "days"
  | "period";

const EMPTY = { empty: "none", not_empty: "none" } as const;
const MANY = { in: "many", not_in: "many", ...EMPTY } as const;

/** Operators of a kind, the usual one first, and what each is compared with. */
export const OPERATORS: Record<FieldKind, Readonly<Record<string, ValueShape>>> = {
  text: {
    contains: "text",
    not_contains: "text",
    is: "text",
    is_not: "text",
    starts: "text",
    ...MANY,
  },
  number: {
    eq: "number",
    ne: "number",
    lt: "number",
    gt: "number",
    between: "numbers",
    ...EMPTY,
  },
  choice: MANY,
  list: MANY,
  member: MANY,
  bool: { is: "bool" },
  date: {
    within: "period",
    on: "day",
    before: "day",
    after: "day",
    between: "days",
    ...EMPTY,
  },
};

export function isGroup(node: Node): node is Group {
  return "and" in node || "or" in node;
}

export function childrenOf(group: Group): readonly Node[] {
  return "and" in group ? group.and : group.or;
}

/** How many conditions there are in it. */
export function countConditions(node: Node | null): number {
  if (node === null) return 0;
  return isGroup(node)
    ? childrenOf(node).reduce((sum, child) => sum + countConditions(child), 0)
    : 1;
}

/** Reads the filter of an address: null for anything that is not one, so no address breaks a list. */
export function parseConditions(text: string | null): Node | null {
  if (!text) return null;
  try {
    return readConditions(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A filter as it came: null for what is none. Its keys are put in one order, so that two can be compared as
 * texts; the database keeps them in another. */
export function readConditions(data: unknown): Node | null {
  return asNode(data, 4);
}

export function formatConditions(node: Node | null): string | null {
  return node === null ? null : JSON.stringify(node);
}

/** All of these; a group of one is that one. Null for none. */
export function allOf(nodes: readonly Node[]): Node | null {
  const [first, ...others] = nodes.flatMap((node) => ("and" in node ? node.and : [node]));
  if (first === undefined) return null;
  return others.length === 0 ? first : { and: [first, ...others] };
}

/** The conditions that all hold, one by one. */
export function partsOf(node: Node | null): readonly Node[] {
  if (node === null) return [];
  return "and" in node ? node.and : [node];
}

function asNode(data: unknown, depth: number): Node | null {
  if (typeof data !== "object" || data === null || depth < 0) return null;
  const entry = data as Record<string, unknown>;
  const listed = entry["and"] ?? entry["or"];
  if (Array.isArray(listed)) {
    const children = listed.map((child) => asNode(child, depth - 1));
    if (children.length === 0 || children.some((child) => child === null)) return null;
    return { [entry["and"] ? "and" : "or"]: children } as unknown as Group;
  }
  const { field, op, value } = entry;
  if (typeof field !== "string" || typeof op !== "string") return null;
  return value === undefined ? { field, op } : { field, op, value: value as ConditionValue };
}
