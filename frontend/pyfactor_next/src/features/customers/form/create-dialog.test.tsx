import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeCustomer } from "../testing";
import { answer, answerApi, renderInBusiness } from "../testing-library";
import type { Customer } from "../types";
import { CreateDialog } from "./create-dialog";

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.unstubAllGlobals());

function open(name = "") {
  const onClose = vi.fn();
  const onOpen = vi.fn();
  const view = renderInBusiness(<CreateDialog name={name} onClose={onClose} onOpen={onOpen} />);
  return { user: userEvent.setup(), onClose, onOpen, unmount: view.unmount };
}

/** An API that creates; `refusals` come first. */
function creatingApi(...refusals: Response[]) {
  const seen = answerApi(({ method, body }) => {
    if (method !== "POST") return undefined;
    return refusals.shift() ?? answer(makeCustomer(body as Partial<Customer>), 201);
  });
  return { seen, posts: () => seen.filter(({ method }) => method === "POST") };
}

const nameInput = () => screen.getByRole("textbox", { name: /Business name/ });
const create = () => screen.getByRole("button", { name: "Create customer" });

test("sends what is filled in and opens the new customer", async () => {
  const api = creatingApi();
  const { user, onOpen, onClose } = open();
  await user.type(nameInput(), "  Königlich Essen ");
  await user.type(screen.getByRole("textbox", { name: "E-mail" }), "info@example.com");
  await user.click(create());
  await waitFor(() => expect(onOpen).toHaveBeenCalledOnce());
  expect(onClose).toHaveBeenCalledOnce();
  expect(api.posts().map(({ body }) => body)).toEqual([
    {
      kind: "business",
      business_name: "Königlich Essen",
      email: "info@example.com",
      stage: "lead",
      status: "active",
      billing_country: "DE",
    },
  ]);
});

test("says what is missing and sends nothing", async () => {
  const api = creatingApi();
  const { user } = open();
  await user.type(screen.getByRole("textbox", { name: "E-mail" }), "nonsense");
  await user.click(create());
  expect(await screen.findByText("A business needs its name.")).toBeInTheDocument();
  expect(screen.getByText("This is not an e-mail address.")).toBeInTheDocument();
  expect(nameInput()).toHaveFocus();
  expect(api.posts()).toEqual([]);
});

test("puts the server's objection at its field, and a second try has the same key", async () => {
  const refusal = answer(
    {
      status: 400,
      code: "invalid",
      errors: [{ pointer: "/phone", code: "not_a_phone", detail: "This is no phone number." }],
    },
    400,
  );
  const api = creatingApi(refusal);
  const { user, onOpen } = open("Acme");
  await user.type(screen.getByRole("textbox", { name: "Phone" }), "12");
  await user.click(create());
  expect(await screen.findByText("This is no phone number.")).toBeInTheDocument();
  expect(screen.getByRole("textbox", { name: "Phone" })).toHaveAttribute("aria-invalid", "true");
  await user.clear(screen.getByRole("textbox", { name: "Phone" }));
  await user.click(create());
  await waitFor(() => expect(onOpen).toHaveBeenCalledOnce());
  const keys = api.posts().map(({ headers }) => headers.get("Idempotency-Key"));
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

test("adding another starts an empty form with a key of its own", async () => {
  const api = creatingApi();
  const { user, onClose } = open("Acme");
  const another = screen.getByRole("button", { name: "Create and add another" });
  await user.click(another);
  await waitFor(() => expect(nameInput()).toHaveValue(""));
  await user.type(nameInput(), "Globex");
  await user.click(another);
  await waitFor(() => expect(api.posts()).toHaveLength(2));
  const [first, second] = api.posts();
  expect(first?.headers.get("Idempotency-Key")).not.toBe(second?.headers.get("Idempotency-Key"));
  expect(onClose).not.toHaveBeenCalled();
});

test("an unfinished entry survives a reload and ends with its success", async () => {
  creatingApi();
  const first = open();
  await first.user.type(nameInput(), "Half a na");
  first.unmount();

  const second = open();
  expect(nameInput()).toHaveValue("Half a na");
  expect(screen.getByText("Your unfinished entry is back.")).toBeInTheDocument();
  await second.user.type(nameInput(), "me");
  await second.user.click(create());
  await waitFor(() => expect(second.onOpen).toHaveBeenCalledOnce());
  expect(sessionStorage).toHaveLength(0);
});

test("a person needs one of two names", async () => {
  const api = creatingApi();
  const { user, onOpen } = open();
  await user.click(screen.getByRole("radio", { name: "Person" }));
  await user.click(create());
  expect(await screen.findByText("A name is needed.")).toBeInTheDocument();
  await user.type(screen.getByRole("textbox", { name: "Last name" }), "Anders");
  await user.click(create());
  await waitFor(() => expect(onOpen).toHaveBeenCalledOnce());
  expect(api.posts()[0]?.body).toMatchObject({ kind: "person", last_name: "Anders" });
});

test("shows who may already be here; using that one creates nothing", async () => {
  const candidate = {
    id: "0192f7a0-0000-7000-8000-00000000000f",
    account_number: "C-000001",
    kind: "business",
    display_name: "Acme Trading",
    email: "info@acme.example",
    phone: "",
    billing_city: "Bonn",
    score: 55,
    reasons: [
      { code: "same_name", weight: 40 },
      { code: "name_begins", weight: 15 },
    ],
  };
  const seen = answerApi(({ path }) =>
    path === "/api/crm/duplicates/candidates/" ? answer({ results: [candidate] }) : undefined,
  );
  const { user, onOpen } = open();
  await user.type(nameInput(), "Acme");
  expect(await screen.findByText("Already here?")).toBeInTheDocument();
  expect(screen.getByText(/Same name, Name begins alike/)).toBeInTheDocument();
  const asked = seen.filter(({ path }) => path === "/api/crm/duplicates/candidates/");
  // Once for the whole word, and not for what says nothing by itself.
  expect(asked.map(({ query }) => Object.fromEntries(query))).toEqual([
    { kind: "business", business_name: "Acme", billing_country: "DE" },
  ]);
  await user.click(screen.getByRole("button", { name: "Use this" }));
  expect(onOpen).toHaveBeenCalledWith(candidate.id);
  expect(seen.some(({ method }) => method === "POST")).toBe(false);
});

test("whoever is not one of them goes on undisturbed", async () => {
  answerApi(({ path }) =>
    path === "/api/crm/duplicates/candidates/"
      ? answer({
          results: [
            {
              id: "a",
              account_number: "C-000001",
              kind: "business",
              display_name: "Acme Trading",
              email: "",
              phone: "",
              billing_city: "",
              score: 40,
              reasons: [{ code: "same_name", weight: 40 }],
            },
          ],
        })
      : undefined,
  );
  const { user } = open("Acme");
  await user.click(await screen.findByRole("button", { name: "Create anyway" }));
  expect(screen.queryByText("Already here?")).not.toBeInTheDocument();
  expect(create()).toBeEnabled();
});
