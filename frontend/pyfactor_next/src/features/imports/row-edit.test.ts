import { describe, expect, it } from "vitest";
import {
  insertBefore,
  isCut,
  isPartOfCard,
  issuesAt,
  joinedCell,
  joinWithNext,
  removeAt,
  replaceAt,
  rowIssues,
  rowName,
  shapeIssue,
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

describe("a suggested repair", () => {
  const cut = { cells: french, suggested_cells: joinWithNext(french, 2, ",") };

  it("is named by the cell that it joins", () => {
    expect(joinedCell(cut)).toBe("24, place Kléber");
    expect(joinedCell({ cells: french, suggested_cells: null })).toBe("");
  });

  it("marks the parts of the cut value and nothing else", () => {
    expect(french.map((_, at) => isCut(cut, at))).toEqual([false, false, true, true, false]);
    expect(isCut({ cells: french, suggested_cells: null }, 2)).toBe(false);
  });
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

it("a card that was read in part may be taken as it stands, a row that does not fit may not", () => {
  const failed = (code: string) =>
    row({ action: "error", errors: [{ column: null, field: null, code, detail: "" }] });
  for (const code of ["broken_card", "unclosed_card", "unknown_version"]) {
    expect(isPartOfCard(failed(code)), code).toBe(true);
  }
  expect(isPartOfCard(failed("too_many_cells"))).toBe(false);
  expect(isPartOfCard(row())).toBe(false);
});
