import { expect, test } from "vitest";
import { safeNext, signInUrl } from "./session-end";

test.each([
  ["/acme/customers?q=a", "/acme/customers?q=a"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?next=/x", "/"],
  ["", "/"],
  [null, "/"],
])("next=%s goes to %s", (given, expected) => {
  expect(safeNext(given)).toBe(expected);
});

test("the way back is kept, reason and all", () => {
  expect(signInUrl("/acme/customers?q=a&b", "expired")).toBe(
    "/sign-in?next=%2Facme%2Fcustomers%3Fq%3Da%26b&reason=expired",
  );
  expect(signInUrl("/")).toBe("/sign-in");
});
