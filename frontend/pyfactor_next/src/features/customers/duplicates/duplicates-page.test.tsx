import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ResponseBody } from "@/api";
import { answer, answerApi, renderInBusiness, undoneBy } from "../testing-library";
import { DuplicatesPage } from "./duplicates-page";

type DuplicatesReport = ResponseBody<"/api/crm/duplicates/", "get">;
type DuplicatePair = DuplicatesReport["results"][number];

const CHANGE_SET = "00000000-0000-7000-8000-00000000000c";

beforeEach(() => {
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

function side(name: string): DuplicatePair["first"] {
  return {
    id: `id-${name}`,
    account_number: "C-000001",
    kind: "business",
    display_name: name,
    email: "info@acme.example",
    phone: "",
    website: "",
    tax_id: "",
    billing_city: "",
    billing_country: "",
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    last_activity_at: null,
    version: 1,
  };
}

const pair: DuplicatePair = {
  id: "pair",
  score: 70,
  reasons: [
    { code: "email", weight: 50 },
    { code: "other_tax_id", weight: -40 },
  ],
  first: side("Acme"),
  second: side("ACME Ltd"),
};
const searched: DuplicatesReport["scan"] = {
  state: "succeeded",
  started_at: "2026-01-01T00:00:00Z",
  finished_at: "2026-01-01T00:00:00Z",
  found: 1,
  is_cut: false,
};

function serve(report: Partial<DuplicatesReport>, refusal?: Response) {
  const asked: { path: string; body: unknown }[] = [];
  answerApi(({ method, path, body }) => {
    if (path === "/api/crm/duplicates/") {
      return answer({
        results: [pair],
        next: null,
        scan: searched,
        is_out_of_date: false,
        ...report,
      });
    }
    if (method !== "POST") return undefined;
    asked.push({ path, body });
    if (path === "/api/crm/duplicates/scan/") return answer({ ...searched, state: "queued" }, 202);
    if (path.endsWith("/undo/")) return undoneBy(CHANGE_SET);
    return refusal ?? answer({ id: "d" }, 201, { "Dott-Change-Set": CHANGE_SET });
  });
  renderInBusiness(<DuplicatesPage />);
  return { asked, user: userEvent.setup() };
}

test("shows each pair with what speaks for it and against it", async () => {
  const { asked } = serve({});
  expect(
    await screen.findByRole("link", { name: "ACME Ltd" }, { timeout: 50_000 }),
  ).toHaveAttribute("href", "/acme/customers/id-ACME Ltd");
  expect(screen.getByText("Likely")).toBeInTheDocument();
  expect(screen.getByText("Same e-mail")).toHaveTextContent("+50");
  expect(screen.getByText("Different tax id")).toHaveTextContent("-40");
  expect(screen.getByRole("status")).toHaveTextContent("1 pair found");
  expect(asked).toEqual([]);
});

test.each([
  ["nobody has searched yet", { scan: null, results: [] }],
  ["the search is out of date", { is_out_of_date: true }],
])("searches by itself when %s", async (_when, report) => {
  const { asked } = serve(report);
  await waitFor(() => expect(asked.map(({ path }) => path)).toEqual(["/api/crm/duplicates/scan/"]));
});

test("says so when there is nothing to settle", async () => {
  serve({ results: [] });
  expect(await screen.findByText("No duplicates")).toBeInTheDocument();
});

test("a pair that was told apart leaves at once, and that can be undone", async () => {
  const { asked, user } = serve({});
  await user.click(
    await screen.findByRole("button", { name: "Not a duplicate: Acme and ACME Ltd" }),
  );
  expect(await screen.findByText("Remembered: not a duplicate")).toBeInTheDocument();
  expect(asked).toEqual([
    { path: "/api/crm/distinctions/", body: { first: "id-Acme", second: "id-ACME Ltd" } },
  ]);
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(asked.at(-1)?.path).toBe(`/api/changes/${CHANGE_SET}/undo/`));
});

test("a refusal puts the pair back", async () => {
  const { asked, user } = serve(
    {},
    answer({ status: 409, code: "distinction_once", detail: "There." }, 409),
  );
  await user.click(
    await screen.findByRole("button", { name: "Not a duplicate: Acme and ACME Ltd" }),
  );
  await waitFor(() => expect(asked).toHaveLength(1));
  await waitFor(() => expect(document.body).toHaveTextContent("That was not remembered"), {
    timeout: 3000,
  });
  expect(screen.getByRole("link", { name: "Acme" })).toBeInTheDocument();
});
