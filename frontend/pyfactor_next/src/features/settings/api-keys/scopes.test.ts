import { describe, expect, it } from "vitest";
import { AREAS, type Scope, scopesFor, summary, toggled } from "./scopes";

const none: ReadonlySet<Scope> = new Set();

describe("scopes of an API key", () => {
  it("reads every area and changes none", () => {
    expect(scopesFor("read", new Set<Scope>(["deals:write"]))).toEqual(
      AREAS.map((area) => `${area}:read`),
    );
  });

  it("changes whatever can be changed, and reads the rest", () => {
    const all = scopesFor("all", none);
    expect(all).toHaveLength(AREAS.length);
    expect(all.filter((scope) => scope.endsWith(":read"))).toEqual([
      "history:read",
      "overview:read",
    ]);
  });

  it("holds what is ticked, one word an area", () => {
    const chosen = new Set<Scope>(["deals:read", "deals:write", "tags:read"]);
    expect(scopesFor("choose", chosen)).toEqual(["deals:write", "tags:read"]);
    expect(scopesFor("choose", none)).toEqual([]);
  });

  it("ticks reading with changing, and takes changing away with reading", () => {
    const both = toggled(none, "deals", "write");
    expect([...both].sort()).toEqual(["deals:read", "deals:write"]);
    expect([...toggled(both, "deals", "write")]).toEqual(["deals:read"]);
    expect([...toggled(both, "deals", "read")]).toEqual([]);
    expect([...none]).toEqual([]);
  });

  it("sums up", () => {
    expect(summary(["tags:read", "deals:write", "deals:read"])).toEqual({
      reads: ["tags"],
      writes: ["deals"],
    });
  });
});
