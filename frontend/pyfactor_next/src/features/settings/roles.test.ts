import { expect, it } from "vitest";
import { grantableRoles, outranks } from "./roles";

it("lets nobody give more than they have", () => {
  expect(grantableRoles("owner")).toEqual(["owner", "admin", "member", "viewer"]);
  expect(grantableRoles("admin")).toEqual(["admin", "member", "viewer"]);
});

it("knows who stands above whom", () => {
  expect(outranks("owner", "admin")).toBe(true);
  expect(outranks("admin", "admin")).toBe(false);
  expect(outranks("viewer", "member")).toBe(false);
});
