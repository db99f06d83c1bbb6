import {
  type Condition,
  type ConditionValue,
  childrenOf,
  type FilterFieldDef,
  type Group,
  isGroup,
  type Node,
  OPERATORS,
  type ValueShape,
} from "./conditions";

export interface DraftCondition {
  id: number;
  field: string;
  op: string;
  /** One text, or several: a list's values, or the two ends of a range. */
  value: readonly string[];
}

export interface DraftGroup {
  id: number;
  connector: "and" | "or";
  children: readonly DraftNode[];
}

export type DraftNode = DraftCondition | DraftGroup;

const NUMBER = /^-?\d{1,20}([.]\d{1,10})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const PERIOD =
  /^(yesterday|today|tomorrow|(this|last|next) (week|month|quarter|year)|(last|next) [1-9]\d{0,2} (day|week|month|quarter|year)s?)$/;
export const FIRST_PERIOD = "last 30 days";

let lastId = 0;
function newId(): number {
  lastId += 1;
  return lastId;
}

export function isDraftGroup(node: DraftNode): node is DraftGroup {
  return "children" in node;
}

export function shapeOf(node: DraftCondition, fields: readonly FilterFieldDef[]): ValueShape {
  const kind = fields.find(({ name }) => name === node.field)?.kind;
  return (kind && OPERATORS[kind][node.op]) ?? "none";
}

/** A condition on a field with its usual operator and nothing to compare with yet. */
export function emptyCondition(field: FilterFieldDef | undefined): DraftCondition {
  const [op = "is", shape] = Object.entries(field ? OPERATORS[field.kind] : {})[0] ?? [];
  return { id: newId(), field: field?.name ?? "", op, value: firstValue(shape ?? "text") };
}

export function emptyGroup(field: FilterFieldDef | undefined): DraftGroup {
  return { id: newId(), connector: "or", children: [emptyCondition(field)] };
}

/** What a value begins with when the operator asks for another shape of it. */
export function firstValue(shape: ValueShape): readonly string[] {
  if (shape === "period") return [FIRST_PERIOD];
  if (shape === "bool") return ["true"];
  if (shape === "numbers" || shape === "days") return ["", ""];
  return shape === "none" || shape === "many" ? [] : [""];
}

/** A filter to be edited, as one group; what the fields do not know is left out. */
export function draftOf(node: Node | null, fields: readonly FilterFieldDef[]): DraftGroup {
  const known = node === null ? null : draftNode(node, fields);
  if (known !== null && isDraftGroup(known)) return known;
  const children = [known ?? emptyCondition(fields[0])];
  return { id: newId(), connector: "and", children };
}

function draftNode(node: Node, fields: readonly FilterFieldDef[]): DraftNode | null {
  if (isGroup(node)) {
    const children = childrenOf(node).flatMap((child) => draftNode(child, fields) ?? []);
    if (children.length === 0) return null;
    return { id: newId(), connector: "and" in node ? "and" : "or", children };
  }
  const field = fields.find(({ name }) => name === node.field);
  if (!field) return null;
  const usual = usualForm(node, field);
  if (!(usual.op in OPERATORS[field.kind])) return null;
  return { id: newId(), field: field.name, op: usual.op, value: textsOf(usual.value) };
}

/** One choice as a list of one: the builder has no operator for a single one. */
function usualForm({ op, value }: Condition, field: FilterFieldDef): Omit<Condition, "field"> {
  const isListed = !("is" in OPERATORS[field.kind]);
  if (isListed && op === "is") return { op: "in", value: textsOf(value) };
  if (isListed && op === "is_not") return { op: "not_in", value: textsOf(value) };
  return value === undefined ? { op } : { op, value };
}

function textsOf(value: ConditionValue | undefined): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** The filter that a draft says; null for none. Ask isComplete() first. */
export function nodeOf(draft: DraftNode, fields: readonly FilterFieldDef[]): Node | null {
  if (isDraftGroup(draft)) {
    const children = draft.children.flatMap((child) => nodeOf(child, fields) ?? []);
    if (children.length <= 1) return children[0] ?? null;
    return { [draft.connector]: children } as unknown as Group;
  }
  const { field, op, value } = draft;
  switch (shapeOf(draft, fields)) {
    case "none":
      return { field, op };
    case "many":
    case "numbers":
    case "days":
      return { field, op, value };
    case "bool":
      return { field, op, value: value[0] === "true" };
    default:
      return { field, op, value: (value[0] ?? "").trim() };
  }
}

/** Whether every condition says what it compares with. */
export function isComplete(draft: DraftNode, fields: readonly FilterFieldDef[]): boolean {
  if (isDraftGroup(draft)) return draft.children.every((child) => isComplete(child, fields));
  const [first = "", last = ""] = draft.value;
  switch (shapeOf(draft, fields)) {
    case "none":
      return OPERATORS_WITHOUT_VALUE.has(draft.op);
    case "text":
      return first.trim() !== "";
    case "many":
      return draft.value.length > 0;
    case "number":
      return NUMBER.test(first);
    case "numbers":
      return NUMBER.test(first) && NUMBER.test(last);
    case "bool":
      return true;
    case "day":
      return DAY.test(first) || PERIOD.test(first);
    case "days":
      return DAY.test(first) && DAY.test(last);
    case "period":
      return PERIOD.test(first);
  }
}

const OPERATORS_WITHOUT_VALUE: ReadonlySet<string> = new Set(["empty", "not_empty"]);

/** Takes a node out of a group and of the groups below; a group that is left empty goes with it. */
export function without(group: DraftGroup, id: number): DraftGroup {
  return {
    ...group,
    children: group.children.flatMap((child): readonly DraftNode[] => {
      if (child.id === id) return [];
      if (!isDraftGroup(child)) return [child];
      const left = without(child, id);
      return left.children.length > 0 ? [left] : [];
    }),
  };
}
