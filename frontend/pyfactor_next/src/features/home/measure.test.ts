import { expect, test } from "vitest";
import { currenciesOf } from "./measure";

const worth = (currency: string, deals: number) => ({
  currency,
  deals,
  amount: "1.0000",
  weighted: "1.0000",
  address: "",
});

test("the most used currency stands first, and equals by name", () => {
  const worths = [worth("USD", 2), worth("EUR", 1), worth("EUR", 2), worth("CHF", 2)];
  expect(currenciesOf(worths)).toEqual(["EUR", "CHF", "USD"]);
  expect(currenciesOf([])).toEqual([]);
});
