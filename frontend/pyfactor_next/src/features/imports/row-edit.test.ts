import { describe, expect, it } from "vitest";
import {
  insertBefore,
  isCut,
  issuesAt,
  joinWithNext,
  removeAt,
  replaceAt,
  rowIssues,
  rowName,
  shapeIssue,
  suggestCells,
  surplus,
} from "./row-edit";
import { row } from "./testing";

const french = ["BLONP", "Blondesddsl père et fils", "24", " place Kléber", "Strasbourg"];

describe("cells", () => {
  it("are joined with what stood between them in the file", () => {
    expect(joinWithNext(french, 2, ",")).toEqual([
      "BLONP",
      "Blondesddsl père et fils",
      "24, place Kléber",
      "Strasbourg",
    ]);
  });

  it("stay as they are when there is no next one", () => {
    expect(joinWithNext(["a"], 0, ",")).toEqual(["a"]);
  });

  it("are inserted, removed and replaced at their place", () => {
    expect(insertBefore(["a", "b"], 1)).toEqual(["a", "", "b"]);
    expect(removeAt(["a", "b", "c"], 1)).toEqual(["a", "c"]);
    expect(replaceAt(["a", "b"], 1, "x")).toEqual(["a", "x"]);
  });

  it("are counted against the header", () => {
    expect(surplus(french, 4)).toBe(1);
    expect(surplus(["a"], 4)).toBe(-3);
  });
});

describe("suggestCells", () => {
  it("joins the parts of a value that was cut at a separator", () => {
    expect(suggestCells(french, 4, ",")?.[2]).toBe("24, place Kléber");
  });

  it("offers nothing when that does not give the right number", () => {
    expect(suggestCells(french, 3, ",")).toBeNull();
    expect(suggestCells(["a", "b", "c"], 2, ",")).toBeNull();
    expect(suggestCells(["a", "b"], 2, ",")).toBeNull();
  });

  it("does not take an empty cell of spaces for a cut", () => {
    expect(suggestCells(["a", " ", "c"], 2, ",")).toBeNull();
  });
});

it("marks the two cells of a cut, and none in a row that fits", () => {
  expect(french.map((_, at) => isCut({ cells: french }, 4, at))).toEqual([
    false,
    false,
    true,
    true,
    false,
  ]);
  expect(isCut({ cells: french }, 5, 2)).toBe(false);
});

describe("issues", () => {
  const tooMany = { column: null, field: null, code: "too_many_cells", detail: "12 for 11" };
  const badMail = { column: 3, field: "email", code: "invalid_email", detail: "No address" };
  const raw = { column: 3, field: "phone", code: "phone_not_valid", detail: "Kept as given" };

  it("are told apart by column and by weight", () => {
    const both = row({ errors: [badMail, tooMany], warnings: [raw] });
    expect(issuesAt(both, 3)).toEqual([
      { issue: badMail, isError: true },
      { issue: raw, isError: false },
    ]);
    expect(rowIssues(both)).toEqual([{ issue: tooMany, isError: true }]);
  });

  it("say whether the cells fit the columns", () => {
    expect(shapeIssue(row({ errors: [tooMany] }))).toBe(tooMany);
    expect(shapeIssue(row({ errors: [badMail] }))).toBeUndefined();
  });
});

describe("rowName", () => {
  it("is the business, else the person, else the address", () => {
    expect(rowName(row({ values: { business_name: "Acme", first_name: "Ada" } }))).toBe("Acme");
    expect(rowName(row({ values: { first_name: "Ada", last_name: "Byron" } }))).toBe("Ada Byron");
    expect(rowName(row({ values: { email: "a@b.example" } }))).toBe("a@b.example");
  });

  it("is the beginning of a row that could not be read", () => {
    expect(rowName(row({ cells: ["", "BLONP", "Blondesddsl", "24"] }))).toBe("BLONP · Blondesddsl");
  });
});
