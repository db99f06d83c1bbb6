import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { djangoApi } from "@/api";
import { answer, answerApi, renderInBusiness } from "@/features/customers/testing-library";
import { RecordGroup } from "./record-group";
import { makeField } from "./testing";

afterEach(() => vi.unstubAllGlobals());

const RECORD = "/api/crm/customers/mill/";

/** A record with an address and a budget, whose every change is refused with these errors. */
async function draw(errors: object[]) {
  answerApi(({ method, path }) => {
    if (method === "GET" && path === "/api/crm/custom-fields/") {
      const results = [
        makeField("mail", { type: "email" }),
        makeField("budget", { type: "money" }),
      ];
      return answer({ results, next: null, previous: null });
    }
    const refusal = { status: 400, code: "invalid_input", detail: "Some values…", errors };
    return method === "PATCH" && path === RECORD ? answer(refusal, 400) : undefined;
  });
  renderInBusiness(
    <RecordGroup
      entity="customer"
      values={{ mail: "old@example.com", budget: { amount: "1", currency: "EUR" } }}
      isReadOnly={false}
      save={async ({ key }, value) => {
        await djangoApi.patch(
          "/api/crm/customers/{id}/",
          { custom: { [key]: value } },
          { path: { id: "mill" } },
        );
      }}
    />,
  );
  await screen.findByText("MAIL");
  return userEvent.setup();
}

async function save(label: string): Promise<void> {
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: new RegExp(`^${label}`) }));
  await user.click(screen.getByRole("button", { name: `Save ${label}` }));
}

test("what is said against a value stands at its field, in its own words", async () => {
  await draw([
    { pointer: "/custom/mail", code: "invalid", detail: "Enter a valid email address." },
  ]);
  await save("MAIL");
  expect(await screen.findByText("Enter a valid email address.")).toBeVisible();
  expect(screen.queryByText("Some values…")).toBeNull();
});

test("so does what is said against a part of a value", async () => {
  await draw([
    { pointer: "/custom/budget/amount", code: "max_digits", detail: "Too many digits." },
  ]);
  await save("BUDGET");
  expect(await screen.findByText("Too many digits.")).toBeVisible();
});

test("a refusal that names no field is told as a whole", async () => {
  await draw([]);
  await save("MAIL");
  expect(await screen.findByText("Some values…")).toBeVisible();
});
