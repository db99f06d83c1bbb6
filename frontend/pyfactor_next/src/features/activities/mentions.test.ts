import { expect, test } from "vitest";
import { begun, labelFor, opened, stored } from "./mentions";

const MIA = "01a2286f-add9-7f92-91eb-9acc3bd141a4";
const MAX = "01a2286f-add9-7f92-91eb-9acc3bd141a5";

test.each([
  ["no name", "Plain (member:x) [a](https://a.example)"],
  ["one name", `Ask [@Mia Maier](member:${MIA}) about it`],
  ["brackets in a name", `[@Mia \\[sales\\] \\\\o](member:${MIA})`],
  ["one name within another", `[@Mia](member:${MIA}), [@Mia Maier](member:${MAX}), Miami @`],
])("what is opened and stored again is the same: %s", (_, body) => {
  const { text, mentions } = opened(body);
  expect(text).not.toContain("](member:");
  expect(stored(text, mentions)).toBe(body);
});

test("a text reads as it is seen", () => {
  expect(opened(`Ask [@Mia \\[x\\]](member:${MIA}).`).text).toBe("Ask @Mia [x].");
});

test("two of the same name stay two", () => {
  const { text, mentions } = opened(`[@Mia](member:${MIA}) [@Mia](member:${MAX})`);
  expect(text).toBe("@Mia @Mia (2)");
  expect(mentions).toEqual({ "@Mia": MIA, "@Mia (2)": MAX });
  expect(labelFor("Mia", MAX, mentions)).toBe("@Mia (2)");
  expect(labelFor("Mia", MIA, mentions)).toBe("@Mia");
});

test("a name that was changed is a text again", () => {
  const mentions = { "@Mia": MIA };
  expect(stored("@Miami @Mi @Mia's", mentions)).toBe(`@Miami @Mi [@Mia](member:${MIA})'s`);
});

test("what an erasure left is still opened", () => {
  const body = `[@[erased] Doe](member:${MIA})`;
  expect(opened(body).text).toBe("@[erased] Doe");
});

test.each([
  ["@", { at: 0, query: "" }],
  ["Ask @mi", { at: 4, query: "mi" }],
  ["(@mia ma", { at: 1, query: "mia ma" }],
  ["a\n@m", { at: 2, query: "m" }],
  ["mail to ada@example", null],
  ["@ home", null],
  ["@Mia and", null],
  ["@@", null],
  ["@mia\nx", null],
])("a name begins behind an @ that stands alone: %j", (text, found) => {
  expect(begun(text, text.length, { "@Mia": MIA })).toEqual(found);
});
