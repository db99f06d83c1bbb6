import type { FilterFieldDef } from "@/features/records";
import type { OwnField, OwnFieldType } from "./types";

const KINDS: Partial<Record<OwnFieldType, FilterFieldDef["kind"]>> = {
  number: "number",
  money: "number",
  date: "date",
  datetime: "date",
  bool: "bool",
  select: "choice",
  multi_select: "choice",
};

/** Own fields as the filter builder knows fields; of money the amount, and its currency as a text. */
export function filterFields(
  fields: readonly OwnField[],
  currencyOf: (label: string) => string,
): FilterFieldDef[] {
  return fields.flatMap(({ key, label, type, options }) => {
    const name = `custom.${key}`;
    const field: FilterFieldDef = {
      name,
      label,
      kind: KINDS[type] ?? "text",
      options: options.map((option) => ({ value: option.id, label: option.label })),
    };
    if (type !== "money") return [field];
    return [field, { name: `${name}.currency`, label: currencyOf(label), kind: "text" as const }];
  });
}
