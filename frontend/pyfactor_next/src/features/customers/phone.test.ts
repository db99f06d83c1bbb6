import { expect, test } from "vitest";
import { completeUrl, formatPhone, formatWebsite, phoneHref } from "./phone";

test.each([
  ["+12125550123", "+1 212 555 0123"],
  ["+493012345678", "+49 301 234 5678"],
  ["+35315550123", "+353 155 501 23"],
  ["+442079460018", "+44 207 946 0018"],
  ["+79161234567", "+7 916 123 4567"],
])("%s reads %s", (e164, shown) => {
  expect(formatPhone(e164)).toBe(shown);
});

test("no digit gets lost, whatever the length", () => {
  for (let length = 6; length <= 15; length++) {
    const number = `+${"493012345678901".slice(0, length)}`;
    expect(formatPhone(number).replaceAll(" ", "")).toBe(number);
  }
});

test("what is not E.164 is shown as it is", () => {
  expect(formatPhone("030-0074321")).toBe("030-0074321");
  expect(formatPhone("")).toBe("");
});

test("the extension is shown and dialled", () => {
  expect(formatPhone("+12125550123", "42")).toBe("+1 212 555 0123 ext. 42");
  expect(phoneHref("+12125550123", "42")).toBe("tel:+12125550123;ext=42");
  expect(phoneHref("+12125550123")).toBe("tel:+12125550123");
});

test("web addresses are short to read and complete to store", () => {
  expect(formatWebsite("https://www.example.com/")).toBe("example.com");
  expect(formatWebsite("http://example.com/shop/")).toBe("example.com/shop");
  expect([completeUrl("example.com"), completeUrl("http://a.b"), completeUrl(" ")]).toEqual([
    "https://example.com",
    "http://a.b",
    "",
  ]);
  expect(completeUrl("ftp://a.b")).toBe("ftp://a.b");
});
