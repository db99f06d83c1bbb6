import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answer, answerApi, renderInBusiness } from "@/features/customers/testing-library";
import { ContactsPage } from "./contacts-page";
import { makeContact, makeLink } from "./testing";

const push = vi.fn();
vi.mock("next/navigation", async (original) => ({
  ...(await original<typeof import("next/navigation")>()),
  useRouter: () => ({ push }),
}));

beforeEach(() => {
  localStorage.clear();
  // The cards of a phone need no layout, which jsdom has not.
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query.includes("max-width"),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
afterEach(() => vi.unstubAllGlobals());

function serve(rows: unknown[] = [makeContact()]) {
  return answerApi(({ method, path, query }) => {
    if (method === "POST") return answer(makeContact(), 201, { "Dott-Change-Set": "made" });
    if (path === "/api/crm/customer-contacts/") {
      return answer({ results: [makeLink()], next: null, previous: null });
    }
    if (path !== "/api/crm/contacts/") return undefined;
    const results = query.get("q") === "nobody" ? [] : rows;
    const count = results.length;
    return answer({ results, next: null, previous: null, count, count_is_exact: true });
  });
}

const lists = (seen: ReturnType<typeof serve>) =>
  seen.filter(({ path }) => path === "/api/crm/contacts/").map(({ query }) => query);

test("a contact stands there with the customer it stands for, and is called and written to", async () => {
  const seen = serve();
  renderInBusiness(<ContactsPage />);
  const link = await screen.findByRole("link", { name: /^Ada Byron/ });
  expect(link).toHaveAttribute("href", `/acme/contacts/${makeContact().id}`);
  await waitFor(() => expect(link).toHaveTextContent("Buyer · Old Mill"));
  expect(screen.getByRole("link", { name: "Call Ada Byron" })).toHaveAttribute(
    "href",
    "tel:+493012345",
  );
  const asked = seen.find(({ path }) => path === "/api/crm/customer-contacts/");
  expect(asked?.query.getAll("contact__in").join()).toBe(makeContact().id);
});

test("what is typed and what one has added oneself narrow the list", async () => {
  const seen = serve();
  renderInBusiness(<ContactsPage />);
  const user = userEvent.setup();
  await screen.findByText("Ada Byron");
  await user.click(screen.getByRole("button", { name: "Added by me" }));
  await waitFor(() =>
    expect(lists(seen).at(-1)?.get("filter")).toBe(
      '{"field":"created_by","op":"in","value":["me"]}',
    ),
  );
  await user.type(screen.getByLabelText("Search contacts"), "nobody");
  await screen.findByText("Nothing matches “nobody”");
  expect(lists(seen).at(-1)?.get("q")).toBe("nobody");
  await user.click(screen.getByText("Clear filters", { selector: "[data-empty] button" }));
  await screen.findByText("Ada Byron");
  await waitFor(() => expect(lists(seen).at(-1)?.get("filter") ?? null).toBeNull());
});

test("the first contact is offered to be made, and its page opens", async () => {
  serve([]);
  renderInBusiness(<ContactsPage />);
  const user = userEvent.setup();
  await screen.findByText("No contacts yet");
  await user.keyboard("c");
  await user.type(await screen.findByLabelText("First name"), "Ada");
  await user.click(screen.getByText("Create contact"));
  await screen.findByText("Ada Byron created");
  await waitFor(() => expect(push).toHaveBeenCalledWith(`/acme/contacts/${makeContact().id}`));
});
