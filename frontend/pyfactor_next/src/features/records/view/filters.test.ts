import { expect, test } from "vitest";
import { contactsSource } from "@/features/contacts/list/source";
import { customersSource } from "@/features/customers/list/source";
import { dealsSource } from "@/features/deals/list/source";
import { addDays, dayIn, formatRange, parseRange, startOfDay } from "./date-range";
import { filterNames, formatFilter, parseFilter as parse, toQuery as queried } from "./filters";

const everything = { q: "", ordering: "", isTrash: false, filters: [] };

const { spec } = customersSource;

function parseFilter(field: string, text: string | null) {
  return parse(spec, field, text);
}

function toQuery(view: Parameters<typeof queried>[1], timeZone: string, today: string) {
  return queried(spec, view, timeZone, today);
}

function queryOf(address: Record<string, string>, timeZone = "UTC") {
  const filters = filterNames(spec).flatMap(
    (field) => parseFilter(field, address[field] ?? null) ?? [],
  );
  return toQuery({ ...everything, filters }, timeZone, "2026-11-24");
}

test.each([
  ["stage", "lead,prospect"],
  ["billing_country", "DE,AT"],
  ["billing_city", "Köln"],
  ["owner", "me"],
  ["tag", "0192f7a0-0000-7000-8000-000000000001"],
  ["created_at", "2026-01-31"],
  ["created_at", ">2026-01-31"],
  ["updated_at", "<2026-01-31"],
  ["updated_at", "2026-01-01..2026-01-31"],
  ["created_at", "last_30"],
] as const)("%s=%s survives the way through the address", (field, text) => {
  const filter = parseFilter(field, text);
  expect(filter && formatFilter(filter)).toBe(text);
});

test.each([
  ["stage", "royal"],
  ["billing_country", "Germany"],
  ["owner", "somebody"],
  ["tag", "fair"],
  ["billing_city", " , "],
  ["created_at", "2026-02-30"],
  ["created_at", "last_0"],
  ["created_at", "yesterday"],
  ["stage", ""],
] as const)("%s=%s means nothing and is left out", (field, text) => {
  expect(parseFilter(field, text)).toBeNull();
});

test("what means something stays when its neighbour does not", () => {
  expect(parseFilter("stage", "lead,royal,lead")).toEqual({ field: "stage", values: ["lead"] });
});

test("a view becomes the API's query under the API's names", () => {
  const filters = [
    parseFilter("stage", "lead,prospect"),
    parseFilter("billing_city", "Köln"),
    parseFilter("owner", "me"),
  ].filter((filter) => filter !== null);
  const view = { q: "  tee ", ordering: "-created_at,name", isTrash: true, filters };
  expect(toQuery(view, "UTC", "2026-11-24")).toEqual({
    q: "tee",
    ordering: "-created_at,name",
    trashed: true,
    stage__in: ["lead", "prospect"],
    billing_city__in: ["Köln"],
    owner__in: ["me"],
  });
  expect(toQuery(everything, "UTC", "2026-11-24")).toEqual({});
});

test("days are the business's days", () => {
  expect(queryOf({ created_at: "2026-01-31" }, "Europe/Berlin")).toEqual({
    created_at__gte: "2026-01-30T23:00:00.000Z",
    created_at__lt: "2026-01-31T23:00:00.000Z",
  });
  expect(queryOf({ created_at: ">2026-01-31" }, "America/New_York")).toEqual({
    created_at__gte: "2026-02-01T05:00:00.000Z",
  });
  expect(queryOf({ updated_at: "<2026-07-01" }, "Asia/Kolkata")).toEqual({
    updated_at__lt: "2026-06-30T18:30:00.000Z",
  });
  expect(queryOf({ created_at: "2026-01-01..2026-01-31" })).toEqual({
    created_at__gte: "2026-01-01T00:00:00.000Z",
    created_at__lt: "2026-02-01T00:00:00.000Z",
  });
});

test("the last seven days end with today", () => {
  expect(queryOf({ created_at: "last_7" })).toEqual({
    created_at__gte: "2026-11-18T00:00:00.000Z",
  });
});

test("a day on which the clocks change begins at its own midnight", () => {
  expect(startOfDay("2026-03-29", "Europe/Berlin")).toBe("2026-03-28T23:00:00.000Z");
  expect(startOfDay("2026-03-30", "Europe/Berlin")).toBe("2026-03-29T22:00:00.000Z");
  expect(startOfDay("2026-10-25", "Europe/Berlin")).toBe("2026-10-24T22:00:00.000Z");
});

test("ends of a range in the wrong order are put right", () => {
  expect(parseRange("2026-02-01..2026-01-01")).toEqual({
    operator: "between",
    first: "2026-01-01",
    last: "2026-02-01",
  });
  expect(formatRange({ operator: "last", days: 90 })).toBe("last_90");
});

test("days are counted across months and zones", () => {
  expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
  expect(dayIn("Pacific/Auckland", new Date("2026-11-24T12:00:00Z"))).toBe("2026-11-25");
});

test("what the list has no parameter for goes into the compound filter, beside the conditions", () => {
  const filters = [
    parse(contactsSource.spec, "job_title", "Buyer"),
    parse(contactsSource.spec, "created_by", "me"),
  ].filter((filter) => filter !== null);
  const conditions = { field: "email", op: "empty" };
  expect(queried(contactsSource.spec, { ...everything, filters, conditions }, "UTC", "")).toEqual({
    filter: JSON.stringify({
      and: [
        { field: "job_title", op: "in", value: ["Buyer"] },
        { field: "created_by", op: "in", value: ["me"] },
        { field: "email", op: "empty" },
      ],
    }),
  });
});

test("a deal's close is a day of the calendar, and its pipeline one alone", () => {
  const id = "0192f7a0-0000-7000-8000-000000000001";
  const filters = [
    parse(dealsSource.spec, "pipeline", `${id},${id.replace(/1$/, "2")}`),
    parse(dealsSource.spec, "expected_close_on", "2026-01-01..2026-01-31"),
  ].filter((filter) => filter !== null);
  expect(queried(dealsSource.spec, { ...everything, filters }, "UTC", "2026-11-24")).toEqual({
    pipeline: id,
    filter: JSON.stringify({
      field: "expected_close_on",
      op: "between",
      value: ["2026-01-01", "2026-01-31"],
    }),
  });
});
