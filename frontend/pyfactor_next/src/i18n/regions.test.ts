import { expect, test } from "vitest";
import { countryName, countryOfLanguage, countryOptions, currencyOfCountry } from "./regions";

test("every country has a name, sorted for reading", () => {
  const options = countryOptions("en");
  expect(options).toHaveLength(249);
  expect(options.filter((option) => option.label === option.value)).toEqual([]);
  expect(options[0]?.label).toBe("Afghanistan");
});

test("a country suggests its currency", () => {
  expect([currencyOfCountry("DE"), currencyOfCountry("CH"), currencyOfCountry("AQ")]).toEqual([
    "EUR",
    "CHF",
    undefined,
  ]);
});

test("the browser's language suggests a country only when it names one", () => {
  expect([
    countryOfLanguage("de-AT"),
    countryOfLanguage("en"),
    countryOfLanguage("es-419"),
  ]).toEqual(["AT", undefined, undefined]);
});

test("what is not a country code stays as it is", () => {
  expect([
    countryName("SE", "en"),
    countryName("Ruritania", "en"),
    countryName("SE", "de"),
  ]).toEqual(["Sweden", "Ruritania", "Schweden"]);
});
