import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { answer, answerApi, renderInBusiness } from "@/features/customers/testing-library";
import { JobsHost } from "./jobs-host";
import { watchJob } from "./watched";

const place = vi.hoisted(() => ({ path: "/acme/customers" }));
vi.mock("next/navigation", () => ({ usePathname: () => place.path }));

/** Who renderInBusiness signs in. */
const USER = "11111111-0000-7000-8000-000000000001";
const IMPORT = {
  id: "i1",
  entity: "customer",
  file_name: "fair.csv",
  counts: { create: 67, update: 2 },
  progress: { phase: "writing", done: 50, total: 100 },
  applied_at: null as string | null,
  reverted_at: null,
  details_purged_at: null,
};

beforeEach(() => {
  localStorage.clear();
  place.path = "/acme/customers";
});
afterEach(() => vi.unstubAllGlobals());

function draw() {
  const state = { name: "applying", applied_at: null as string | null };
  const seen = answerApi(({ method, path }) => {
    if (path === "/api/crm/imports/i1/revert/") state.name = "reverting";
    if (path.startsWith("/api/crm/imports/i1/")) {
      return answer({ ...IMPORT, state: state.name, applied_at: state.applied_at });
    }
    return method === "GET" ? answer({ results: [], next: null, previous: null }) : undefined;
  });
  renderInBusiness(<JobsHost />);
  return { state, seen, user: userEvent.setup() };
}

function watchImport(id: string): void {
  act(() => watchJob(USER, "acme", { kind: "import", id }));
}

it("shows a job from its start to its end, offers the way back, and goes when it is dismissed", async () => {
  const { state, seen, user } = draw();
  expect(seen).toEqual([]);
  watchImport("i1");
  await user.click(await screen.findByRole("button", { name: "1 job is running" }));
  const list = screen.getByRole("list", { name: "Long jobs" });
  expect(within(list).getByText("fair.csv")).toBeVisible();
  expect(within(list).getByRole("progressbar")).toHaveAttribute("aria-valuenow", "50");
  expect(within(list).queryByRole("button", { name: /Remove/ })).toBeNull();
  expect(screen.getByRole("status")).toHaveTextContent("fair.csv: Writing.");

  Object.assign(state, { name: "applied", applied_at: "2026-11-29T10:00:00Z" });
  await waitFor(() =>
    expect(screen.getByRole("status")).toHaveTextContent("fair.csv: 67 added, 2 changed."),
  );
  expect(within(list).getByRole("link", { name: "Open" })).toHaveAttribute(
    "href",
    "/acme/imports/i1",
  );
  await user.click(within(list).getByRole("button", { name: "Revert import" }));
  const question = screen.getByRole("alertdialog", { name: /fair\.csv/ });
  await user.click(within(question).getByRole("button", { name: "Revert import" }));
  await waitFor(() => expect(seen.filter(({ path }) => path.endsWith("/revert/"))).toHaveLength(1));
  Object.assign(state, { name: "reverted" });
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Taken back"));
  await user.click(within(list).getByRole("button", { name: "Remove fair.csv from this list" }));
  expect(screen.queryByRole("region", { name: "Long jobs" })).toBeNull();
});

it("leaves a job out on its own page", async () => {
  place.path = "/acme/imports/i2";
  watchImport("i1");
  watchImport("i2");
  const { seen } = draw();
  expect(await screen.findByRole("button", { name: "1 job is running" })).toBeVisible();
  expect(seen.filter(({ path }) => path.includes("i2"))).toEqual([]);
});
