import type { RequestBody } from "@/api";

export type Scope = RequestBody<"/api/tenants/current/api-keys/", "post">["scopes"][number];
export type Area = Scope extends `${infer A}:${string}` ? A : never;

/** In the order of the sidebar, then what stands behind it. */
export const AREAS = [
  "customers",
  "contacts",
  "deals",
  "activities",
  "files",
  "tags",
  "imports",
  "setup",
  "history",
  "overview",
] as const satisfies readonly Area[];

const READ_ONLY: ReadonlySet<Area> = new Set<Area>(["history", "overview"]);

export function isWritable(area: Area): boolean {
  return !READ_ONLY.has(area);
}

/** `all` is reading and changing; `choose` is whatever is ticked. */
export type Extent = "read" | "all" | "choose";

function scope(area: Area, verb: "read" | "write"): Scope {
  return `${area}:${verb}` as Scope;
}

/** What a key is given. To change is to read, too, so one word an area is enough. */
export function scopesFor(extent: Extent, chosen: ReadonlySet<Scope>): Scope[] {
  return AREAS.flatMap((area) => {
    const writes = isWritable(area) && (extent === "all" || chosen.has(scope(area, "write")));
    if (extent !== "read" && writes) return [scope(area, "write")];
    return extent !== "choose" || chosen.has(scope(area, "read")) ? [scope(area, "read")] : [];
  });
}

/** The ticks after one was set or taken away: changing needs reading. */
export function toggled(
  chosen: ReadonlySet<Scope>,
  area: Area,
  verb: "read" | "write",
): Set<Scope> {
  const next = new Set(chosen);
  if (next.delete(scope(area, verb))) {
    if (verb === "read") next.delete(scope(area, "write"));
    return next;
  }
  return next.add(scope(area, verb)).add(scope(area, "read"));
}

export function has(chosen: ReadonlySet<Scope>, area: Area, verb: "read" | "write"): boolean {
  return chosen.has(scope(area, verb));
}

/** How a list sums a key up: what it reads and what it changes, by area. */
export function summary(scopes: readonly Scope[]): { reads: Area[]; writes: Area[] } {
  const given = new Set(scopes);
  const writes = AREAS.filter((area) => given.has(scope(area, "write")));
  const reads = AREAS.filter((area) => given.has(scope(area, "read")) && !writes.includes(area));
  return { reads, writes };
}
