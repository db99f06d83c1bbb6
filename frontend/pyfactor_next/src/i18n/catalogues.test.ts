import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkCatalogue, type Texts } from "../../scripts/message-rules.mjs";
import { languages } from "./languages";
import { messages } from "./messages";

const folder = path.resolve(import.meta.dirname, "../../messages");

function catalogueOf(language: string): Texts {
  const names = readdirSync(path.join(folder, language));
  return Object.fromEntries(
    names.map((name) => [
      path.basename(name, ".json"),
      JSON.parse(readFileSync(path.join(folder, language, name), "utf8")),
    ]),
  );
}

test("every section of the source is known to the types", () => {
  const { problems: _, ...sections } = catalogueOf("en");
  expect(Object.keys(messages).sort()).toEqual(Object.keys(sections).sort());
});

test("every folder is a language that can be chosen", () => {
  expect(readdirSync(folder).sort()).toEqual([...languages].sort());
});

test.each(languages)("%s says what the source says, with the same values", (language) => {
  const complaints = checkCatalogue(language, catalogueOf(language), catalogueOf("en"));
  expect(
    complaints.filter((complaint) => !/ is (missing|not in the source)$/.test(complaint)),
  ).toEqual([]);
});

const source = { crm: { hello: "Hello {name}", count: "{count, plural, one {#} other {#}}" } };

test.each([
  ["a text is missing", { hello: "Hallo {name}" }],
  ["a text is empty", { hello: "", count: "{count, plural, one {#} other {#}}" }],
  ["a text is too many", { ...source.crm, bye: "Tschüss" }],
  ["a value is missing", { ...source.crm, hello: "Hallo" }],
  ["a value is unknown", { ...source.crm, hello: "Hallo {name} {nmae}" }],
  ["the syntax is wrong", { ...source.crm, hello: "Hallo {name" }],
  ["there is no plural", { ...source.crm, count: "{count, plural, other {#}}" }],
  [
    "a form of the plural is missing",
    { ...source.crm, count: "{count, plural, many {#} other {#}}" },
  ],
])("it is found when %s", (_, crm) => {
  expect(checkCatalogue("de", { crm }, source)).toHaveLength(1);
});

test("Arabic needs its six forms, and zero may be said in its own words", () => {
  const forms = "one {#} two {#} few {#} many {#} other {#}";
  const whole = { ...source.crm, count: `{count, plural, =0 {لا شيء} ${forms}}` };
  const short = { ...source.crm, count: `{count, plural, ${forms}}` };
  expect(checkCatalogue("ar", { crm: whole }, source)).toEqual([]);
  expect(checkCatalogue("ar", { crm: short }, source)).toEqual([
    'ar: crm.count lacks the form "zero" of {count}',
  ]);
});
