import { expect, test } from "vitest";
import { isolated, withFallback } from "./texts";

test("what is not translated is said in the source's words", () => {
  const source = { title: "Deals", new: "New deal", stages: { won: "Won", lost: "Lost" } };
  const translation = { title: "Deals (de)", new: "", stages: { won: "Gewonnen" }, old: "Alt" };
  expect(withFallback(translation, source)).toEqual({
    title: "Deals (de)",
    new: "New deal",
    stages: { won: "Gewonnen", lost: "Lost" },
  });
});

test("values in right-to-left texts keep their own direction", () => {
  const texts = { deleted: "تم حذف {name}", nested: { count: "{count, plural, other {# عملاء}}" } };
  expect(isolated(texts)).toEqual({
    deleted: "تم حذف \u2068{name}\u2069",
    nested: { count: "{count, plural, other {# عملاء}}" },
  });
});
