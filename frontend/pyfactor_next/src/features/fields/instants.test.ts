import { expect, test } from "vitest";
import { instantOf, localInput } from "./instants";

test("an instant survives its input", () => {
  expect(instantOf(localInput("2026-01-31T09:30:00Z"))).toBe("2026-01-31T09:30:00.000Z");
});

test.each([undefined, null, "", "soon", 5])("%j is no instant", (value) => {
  expect(localInput(value)).toBe("");
});

test("an empty input is no instant", () => {
  expect(instantOf("")).toBeNull();
});
