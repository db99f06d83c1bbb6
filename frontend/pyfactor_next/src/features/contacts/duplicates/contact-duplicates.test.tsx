import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ResponseBody } from "@/api";
import { answer, answerApi, renderInBusiness } from "@/features/customers/testing-library";
import { CreateDialog } from "../form/create-dialog";
import { DuplicatesPage } from "./duplicates-page";

/** A loaded machine takes its time to fetch a page. */
const PATIENT = { timeout: 50_000 };

type Side = ResponseBody<"/api/crm/contact-duplicates/", "get">["results"][number]["first"];

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

function side(name: string): Side {
  return {
    id: `id-${name}`,
    display_name: name,
    job_title: "Countess",
    email: "ada@acme.example",
    phone: "",
    customer: "Acme",
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    last_activity_at: null,
    version: 1,
  };
}

const reasons = [
  { code: "alike_name", weight: 30 },
  { code: "customer", weight: 20 },
];

test("the report shows contacts with their customer, and they can be told apart", async () => {
  const told: unknown[] = [];
  answerApi(({ method, path, body }) => {
    if (path === "/api/crm/contact-duplicates/") {
      const pair = { id: "pair", score: 50, reasons, first: side("Ada"), second: side("Adda") };
      const scan = {
        state: "succeeded",
        started_at: "2026-01-01T00:00:00Z",
        finished_at: "2026-01-01T00:00:00Z",
        found: 1,
        is_cut: false,
      };
      return answer({ results: [pair], next: null, scan, is_out_of_date: false });
    }
    if (method !== "POST") return undefined;
    told.push({ path, body });
    return answer({ id: "d" }, 201, { "Dott-Change-Set": "made" });
  });
  renderInBusiness(<DuplicatesPage />);
  const user = userEvent.setup();
  expect(await screen.findByRole("link", { name: "Adda" }, PATIENT)).toHaveAttribute(
    "href",
    "/acme/contacts/id-Adda",
  );
  expect(screen.getByText("Same customer")).toHaveTextContent("+20");
  expect(screen.getAllByText(/Countess · Acme/)).toHaveLength(2);
  await user.click(screen.getByRole("button", { name: "Not a duplicate: Ada and Adda" }));
  await waitFor(() =>
    expect(told).toEqual([
      {
        path: "/api/crm/contact-distinctions/",
        body: { first: "id-Ada", second: "id-Adda" },
      },
    ]),
  );
});

test("who is typed is recognised, and can be used instead", async () => {
  const asked: Record<string, string>[] = [];
  answerApi(({ path, query }) => {
    if (path !== "/api/crm/contact-duplicates/candidates/") return undefined;
    asked.push(Object.fromEntries(query));
    return answer({ results: [{ ...side("Ada"), score: 50, reasons }] });
  });
  const onOpen = vi.fn();
  renderInBusiness(<CreateDialog onClose={() => undefined} onOpen={onOpen} />);
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("First name"), "Adda");
  await user.click(await screen.findByRole("button", { name: "Use this" }, PATIENT));
  expect(onOpen).toHaveBeenCalledWith("id-Ada");
  expect(asked.at(-1)).toMatchObject({ first_name: "Adda" });
});
