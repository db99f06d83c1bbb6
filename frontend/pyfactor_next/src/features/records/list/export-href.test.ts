import { expect, it } from "vitest";
import { exportHref } from "./export-href";

it("keeps the filters of the view and leaves its order out", () => {
  expect(exportHref("customers", { stage: "lead", q: "köln", ordering: "name" })).toBe(
    "/api/crm/customers/export/?stage=lead&q=k%C3%B6ln",
  );
});

it("asks for a workbook, with filters or without", () => {
  expect(exportHref("customers", {}, "xlsx")).toBe("/api/crm/customers/export/?file=xlsx");
  expect(exportHref("customers", { q: "a" }, "xlsx")).toBe(
    "/api/crm/customers/export/?q=a&file=xlsx",
  );
  expect(exportHref("customers", {})).toBe("/api/crm/customers/export/");
});
