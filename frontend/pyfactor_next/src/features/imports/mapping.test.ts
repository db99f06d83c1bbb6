import { describe, expect, it } from "vitest";
import {
  assign,
  availableKeys,
  confidenceOf,
  doublesName,
  fieldsOf,
  LEAVE_OUT,
  needsCountry,
  previewOf,
  problemsOf,
  summarize,
  withChanges,
} from "./mapping";
import { column, job } from "./testing";

const columns = [
  column(0, "Company", { field: "business_name", confidence: 1 }),
  column(1, "Tel", { field: "phone", confidence: 1 }),
  column(2, "Mobile", { field: "notes" }),
  column(3, "Empty", { samples: [] }),
];

describe("assign", () => {
  it("puts a column into a free field and touches no other", () => {
    expect(assign("customer", columns, 2, "email")).toEqual({
      changes: { 2: "email" },
      displaced: undefined,
    });
  });

  it("takes a field from the column that had it and keeps that column in the notes", () => {
    const { changes, displaced } = assign("customer", columns, 2, "phone");
    expect(changes).toEqual({ 2: "phone", 1: "notes" });
    expect(displaced?.header).toBe("Tel");
  });

  it("leaves a displaced column out when it holds nothing", () => {
    const empty = [column(0, "A", { samples: [], field: "email" }), column(1, "B")];
    expect(assign("customer", empty, 1, "email").changes).toEqual({ 0: null, 1: "email" });
  });

  it("lets any number of columns go to the notes or nowhere", () => {
    expect(assign("customer", columns, 0, "notes")).toEqual({
      changes: { 0: "notes" },
      displaced: undefined,
    });
    expect(assign("customer", columns, 0, LEAVE_OUT).changes).toEqual({ 0: null });
  });
});

describe("withChanges", () => {
  it("shows a person's choice as sure and keeps the rest as it is", () => {
    const changed = withChanges(columns, { 2: "phone", 1: "notes" });
    expect(changed.map((each) => each.field)).toEqual(["business_name", "notes", "phone", null]);
    expect(changed[2]?.confidence).toBe(1);
    expect(changed[0]).toBe(columns[0]);
  });
});

describe("problemsOf", () => {
  it("asks for a name when customers may be added", () => {
    const nameless = [column(0, "Mail", { field: "email" })];
    const common = job({ columns: nameless, match_keys: ["email"] });
    expect(problemsOf({ ...common, mode: "upsert" })).toEqual(["noName"]);
    expect(problemsOf({ ...common, mode: "update" })).toEqual([]);
  });

  it("asks for a match key when customers are only changed", () => {
    expect(problemsOf(job({ columns, mode: "update" }))).toEqual(["noMatchKey"]);
    expect(problemsOf(job({ columns, mode: "upsert" }))).toEqual([]);
  });
});

describe("an import of deals", () => {
  const deals = [
    column(0, "Deal", { field: "name" }),
    column(1, "Account", { field: "customer_external_id" }),
    column(2, "Type", { field: "description" }),
  ];

  it("keeps what has no field in the description", () => {
    expect(assign("deal", deals, 2, "name").changes).toEqual({ 2: "name", 0: "description" });
    expect(summarize(job({ entity: "deal", columns: deals })).notes).toBe(1);
    expect(fieldsOf(deals).toSorted()).toEqual(["customer", "description", "name"]);
  });

  it("knows a deal by its name at its customer only", () => {
    expect(availableKeys(job({ entity: "deal", columns: deals }))).toEqual(["name"]);
    expect(availableKeys(job({ entity: "deal", columns: deals.slice(0, 1) }))).toEqual([]);
  });

  it("asks for the customer of new deals", () => {
    const alone = job({ entity: "deal", columns: deals.slice(0, 1) });
    expect(problemsOf(alone)).toEqual(["noCustomer"]);
    expect(problemsOf(job({ entity: "deal", columns: deals }))).toEqual([]);
  });
});

it("puts a column into a field of the business's own", () => {
  expect(assign("contact", columns, 2, "custom.badge").changes).toEqual({ 2: "custom.badge" });
});

it("previews only values that change, and takes no marker of emptiness for a failure", () => {
  const land = column(0, "Land", {
    samples: ["Germany", "DE", "NULL", "Atlantis"],
    preview: ["DE", "DE", null, null],
  });
  expect(previewOf(land, ["NULL"])).toEqual({ becomes: ["DE"], unusable: ["Atlantis"] });
});

it("counts what goes where", () => {
  expect(summarize(job({ columns }))).toEqual({ fields: 2, notes: 1, leftOut: 1 });
});

it("offers match keys that the file has, strongest first", () => {
  const mapped = [
    column(0, "Name", { field: "business_name" }),
    column(1, "Id", { field: "external_id" }),
  ];
  expect(availableKeys(job({ columns: mapped }))).toEqual(["external_id", "business_name"]);
});

it("asks for a country only when there are phones and no countries", () => {
  expect(needsCountry(columns)).toBe(true);
  expect(needsCountry([...columns, column(4, "Land", { field: "billing_country" })])).toBe(false);
  expect(needsCountry([])).toBe(false);
});

it("notices a full name beside its parts", () => {
  const full = column(0, "Contact", { field: "contact_name" });
  expect(doublesName([full])).toBe(false);
  expect(doublesName([full, column(1, "Surname", { field: "last_name" })])).toBe(true);
});

it("names the fields of the rows in showing order, with those that come out of others", () => {
  const mapped = [
    column(0, "Fax", { field: "notes" }),
    column(1, "Tel", { field: "phone" }),
    column(2, "Contact", { field: "contact_name" }),
    column(3, "Firm", { field: "business_name" }),
    column(4, "Skip"),
  ];
  expect(fieldsOf(mapped)).toEqual([
    "business_name",
    "salutation",
    "first_name",
    "last_name",
    "phone",
    "phone_raw",
    "notes",
  ]);
});

it.each([
  [1, "sure"],
  [0.8, "likely"],
  [0.6, "guess"],
  [0, "none"],
])("reads a confidence of %s as %s", (confidence, word) => {
  expect(confidenceOf(column(0, "A", { confidence }))).toBe(word);
});
