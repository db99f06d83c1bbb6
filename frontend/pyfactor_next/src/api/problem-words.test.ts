import { afterEach, expect, test } from "vitest";
import { errorFromResponse } from "./errors";

afterEach(() => {
  document.documentElement.lang = "";
});

function refusal(): Response {
  const errors = [
    { pointer: "/email", code: "required", detail: "This field is required." },
    { pointer: "/phone", code: "code_of_tomorrow", detail: "Not like this." },
  ];
  const body = { status: 409, code: "in_trash", detail: "This record is in the trash.", errors };
  return new Response(JSON.stringify(body), {
    status: 409,
    headers: { "Content-Type": "application/problem+json" },
  });
}

test("errors are told in the page's language, by their codes", async () => {
  document.documentElement.lang = "de";
  const error = await errorFromResponse(refusal());
  expect(error.message).toMatch(/Papierkorb/);
  expect(error.fieldErrors.map(({ message }) => message)).toEqual([
    expect.stringMatching(/ausfüllen/),
    "Not like this.",
  ]);
});

test.each(["en", "", "xx"])("the API's own sentences stand on a page in “%s”", async (language) => {
  document.documentElement.lang = language;
  const error = await errorFromResponse(refusal());
  expect(error.message).toBe("This record is in the trash.");
  expect(error.fieldErrors[0]?.message).toBe("This field is required.");
});
