import { expect, test } from "vitest";
import { customersSource } from "@/features/customers/list/source";
import { isNarrowed, parseView, queryOfView, viewFromSearch, viewSearch, withFilter } from "./view";

const { spec } = customersSource;

const address =
  "q=tee&ordering=-created_at%2Cname&trashed=true&columns=name%2Cemail&filter=%7B%22field%22%3A%22email%22%2C%22op%22%3A%22empty%22%7D&view=1&stage=lead%2Cprospect&billing_city=K%C3%B6ln&created_at=last_30";

test("the whole view survives the way through the address", () => {
  const view = viewFromSearch(spec, address);
  expect(viewSearch(spec, view)).toBe(address);
  expect(view.filters).toHaveLength(3);
  expect(viewSearch(spec, viewFromSearch(spec, ""))).toBe("");
});

test("an address that means nothing shows the plain list", () => {
  const view = viewFromSearch(
    spec,
    "ordering=-secret,name,-name&stage=royal&trashed=yes&columns=,",
  );
  expect(view).toEqual({
    q: "",
    sort: [{ ordering: "name", isDescending: false }],
    isTrash: false,
    filters: [],
    conditions: null,
    savedId: null,
    columns: null,
  });
});

test("the view asks the API by the API's names; columns are nobody's business there", () => {
  expect(queryOfView(spec, viewFromSearch(spec, address), "Europe/Berlin", "2026-11-24")).toEqual({
    q: "tee",
    ordering: "-created_at,name",
    trashed: true,
    filter: '{"field":"email","op":"empty"}',
    stage__in: ["lead", "prospect"],
    billing_city__in: ["Köln"],
    created_at__gte: "2026-10-25T23:00:00.000Z",
  });
});

test("a filter is replaced, and taken away, without touching the others", () => {
  const view = viewFromSearch(spec, "stage=lead&billing_city=Bonn");
  const changed = withFilter(view, "stage", { field: "stage", values: ["customer"] });
  expect(viewSearch(spec, changed)).toBe("stage=customer&billing_city=Bonn");
  expect(viewSearch(spec, withFilter(changed, "stage", null))).toBe("billing_city=Bonn");
});

test("search and filters narrow the list; order, columns and trash do not", () => {
  const narrowed = (search: string) => isNarrowed(viewFromSearch(spec, search));
  expect(["q=x", "stage=lead"].map(narrowed)).toEqual([true, true]);
  expect(["q=+", "ordering=name", "trashed=true", "columns=name"].map(narrowed)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(isNarrowed(parseView(spec, () => null))).toBe(false);
});
