import { expect, test } from "vitest";
import type { Node } from "@/features/records";
import { isMine, queryOf, tagsOf, withMine, withTags } from "./use-contacts-view";

const other: Node = { field: "email", op: "empty" };
const none = { q: "", sort: [], conditions: null, isTrash: false, savedId: null };

test("the toolbar's filters are parts of the one filter, beside whatever else it says", () => {
  const both = withTags(withMine(other, true), ["t1", "t2"]);
  expect(both).toEqual({
    and: [
      other,
      { field: "created_by", op: "is", value: "me" },
      { field: "tags", op: "in", value: ["t1", "t2"] },
    ],
  });
  expect([isMine(both), tagsOf(both)]).toEqual([true, ["t1", "t2"]]);
  expect(withMine(withTags(both, []), false)).toEqual(other);
  expect([isMine(other), tagsOf(other)]).toEqual([false, []]);
});

test("conditions within a group are not the toolbar's", () => {
  const either: Node = { or: [{ field: "created_by", op: "is", value: "me" }, other] };
  expect(isMine(either)).toBe(false);
  expect(withMine(either, false)).toEqual(either);
});

test("a view asks the API for just what it says", () => {
  expect(queryOf(none, "")).toEqual({});
  const sort = [{ ordering: "name", isDescending: true }];
  expect(queryOf({ ...none, sort, conditions: other, isTrash: true }, "ada")).toEqual({
    q: "ada",
    ordering: "-name",
    filter: JSON.stringify(other),
    trashed: true,
  });
});
