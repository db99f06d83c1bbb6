import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answer, answerApi, renderInBusiness } from "@/features/customers/testing-library";
import { DealsPage } from "./deals-page";
import { card } from "./testing";

vi.mock("next/navigation", async (original) => ({
  ...(await original<typeof import("next/navigation")>()),
  useRouter: () => ({ push: vi.fn() }),
}));

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem("dott.deals.layout", "list");
  // The cards of a phone need no layout, which jsdom has not.
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query.includes("max-width"),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
afterEach(() => vi.unstubAllGlobals());

const deal = { ...card("kiln", { name: "Kiln" }), tags: [], custom: {}, source: "", next_step: "" };

const SUM = { currency: "EUR", amount: "1200.0000", weighted: "120.0000" };

function serve() {
  return answerApi(({ method, path, query }) => {
    if (method === "POST") return answer(deal, 200, { "Dott-Change-Set": "made" });
    if (path === "/api/crm/deals/sums/") return answer({ count: 1, sums: [SUM] });
    if (path !== "/api/crm/deals/") return undefined;
    const results = query.get("q") === "nothing" ? [] : [deal];
    return answer({ results, next: null, previous: null, count: results.length });
  });
}

const asked = (seen: ReturnType<typeof serve>) =>
  seen.filter(({ path }) => path === "/api/crm/deals/").map(({ query }) => query);

test("one's own deals are asked for, and the board is not while there is a list", async () => {
  const seen = serve();
  renderInBusiness(<DealsPage />);
  const user = userEvent.setup();
  const link = await screen.findByRole("link", { name: /^Kiln/ });
  expect(link).toHaveAttribute("href", "/acme/deals/kiln");
  expect(link).toHaveTextContent("Old Mill");
  await user.click(screen.getByText("Mine"));
  await waitFor(() => expect(asked(seen).at(-1)?.getAll("owner__in")).toEqual(["me"]));
  expect(seen.some(({ path }) => path.endsWith("/board/"))).toBe(false);
});

test("what the listed deals come to is asked for with the list's filter, without its order", async () => {
  const seen = serve();
  renderInBusiness(<DealsPage />);
  const sums = await screen.findByText("€1,200", { exact: false });
  expect(sums).toHaveAttribute("title", "Weighted €120");
  await userEvent.setup().click(screen.getByText("Mine"));
  const last = () => seen.filter(({ path }) => path === "/api/crm/deals/sums/").at(-1)?.query;
  await waitFor(() => expect(last()?.getAll("owner__in")).toEqual(["me"]));
  expect(last()?.has("ordering")).toBe(false);
});

test("what was deleted is looked at and restored", async () => {
  const seen = serve();
  renderInBusiness(<DealsPage />);
  const user = userEvent.setup();
  await screen.findByText("Kiln");
  await user.click(screen.getByText("Trash"));
  await user.click(await screen.findByText("Restore"));
  await screen.findByText("Kiln restored");
  expect(asked(seen).at(-1)?.get("trashed")).toBe("true");
  expect(seen.find(({ method }) => method === "POST")?.path).toBe("/api/crm/deals/kiln/restore/");
});

test("a search that finds nothing is taken back", async () => {
  serve();
  renderInBusiness(<DealsPage />);
  const user = userEvent.setup();
  await screen.findByText("Kiln");
  await user.click(screen.getByLabelText("Search deals"));
  await user.paste("nothing");
  await screen.findByText("Nothing matches “nothing”");
  await user.click(screen.getByText("Clear search", { selector: "[data-empty] button" }));
  await screen.findByText("Kiln");
});
