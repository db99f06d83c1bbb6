import { FIELD_NAMES } from "../fields";
import type { Customer, CustomerField, CustomerPatch, FieldValue } from "../types";
import { fieldsOf } from "../values";

/** Somebody else saved first. `theirs` is the record as it is now. */
export class EditConflict extends Error {
  readonly theirs: Customer;

  constructor(theirs: Customer) {
    super("The customer was changed in the meantime");
    this.name = "EditConflict";
    this.theirs = theirs;
  }
}

/** One field that both want to say something about. */
export interface Clash {
  field: CustomerField;
  yours: FieldValue;
  theirs: FieldValue;
  /** Before either change. */
  before: FieldValue;
}

export interface Conflict {
  theirs: Customer;
  /** What is waiting to be saved, also where the other person left the field alone. */
  clashes: Clash[];
  /** Fields that only the other person changed. */
  others: CustomerField[];
}

/** Compares one's own changes, made on `base`, with the record as it is now. */
export function compare(base: Customer, theirs: Customer, patch: CustomerPatch): Conflict {
  const clashes = fieldsOf(patch).flatMap((field): Clash[] => {
    const yours = patch[field] ?? null;
    return yours === theirs[field]
      ? []
      : [{ field, yours, theirs: theirs[field], before: base[field] }];
  });
  const others = FIELD_NAMES.filter((name) => base[name] !== theirs[name] && !(name in patch));
  return { theirs, clashes, others };
}

export type Choice = "mine" | "theirs";

/** What is left to save once each clash is decided; undecided ones count as mine. */
export function settle(
  conflict: Conflict,
  choices: Partial<Record<CustomerField, Choice>>,
): CustomerPatch {
  const mine = conflict.clashes.filter((clash) => choices[clash.field] !== "theirs");
  return Object.fromEntries(mine.map((clash) => [clash.field, clash.yours]));
}
