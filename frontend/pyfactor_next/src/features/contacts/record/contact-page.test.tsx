import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import {
  answer,
  answerApi,
  renderInBusiness,
  undoneBy,
} from "@/features/customers/testing-library";
import { makeContact } from "../testing";
import type { Contact } from "../types";
import { ContactPage } from "./contact-page";

vi.mock("next/navigation", async (original) => ({
  ...(await original<typeof import("next/navigation")>()),
  useRouter: () => ({ push: vi.fn() }),
  useSearchParams: () => new URLSearchParams(),
}));
afterEach(() => vi.unstubAllGlobals());

/** An API with one contact. */
function oneContact(values: Partial<Contact> = {}) {
  let record = makeContact(values);
  const seen = answerApi(({ method, path, body }) => {
    if (path.endsWith("/undo/")) return undoneBy("undo");
    if (!path.startsWith("/api/crm/contacts/0")) return undefined;
    if (method === "GET") return answer(record);
    if (path.endsWith("/restore/")) record = { ...record, deleted_at: null };
    else record = { ...record, ...(body as Partial<Contact>), version: record.version + 1 };
    return answer(record, 200, { "Dott-Change-Set": "made" });
  });
  return { seen, writes: () => seen.filter(({ method }) => method !== "GET") };
}

async function open(values: Partial<Contact> = {}) {
  const api = oneContact(values);
  renderInBusiness(<ContactPage id={makeContact().id} parts={{ sections: () => [] }} />);
  await screen.findByRole("heading", { level: 1, name: "Ada Byron" });
  return { ...api, user: userEvent.setup() };
}

test("a click on a value changes it with the version seen, and Undo takes it back", async () => {
  const { user, writes } = await open();
  await user.click(screen.getByRole("button", { name: "Job title: Buyer" }));
  const field = screen.getByRole("textbox", { name: "Job title" });
  await user.clear(field);
  await user.type(field, "Head of purchasing{Enter}");
  await screen.findByText("Job title saved");
  expect(writes()[0]?.body).toEqual({ job_title: "Head of purchasing" });
  expect(writes()[0]?.headers.get("If-Match")).toBe('"1"');
  await user.click(screen.getByText("Undo"));
  await screen.findByText("Undone");
  expect(writes().at(-1)?.path).toBe("/api/changes/made/undo/");
});

test("who does not want to be called is not offered to be", async () => {
  const { user, writes } = await open();
  expect(document.querySelector("a[href^=tel]")).not.toBeNull();
  await user.click(screen.getByRole("switch", { name: "Do not call" }));
  await screen.findByText("Do not call saved");
  expect(writes()[0]?.body).toEqual({ do_not_call: true });
  expect(document.querySelector("a[href^=tel]")).toBeNull();
});

test("one in the trash is only looked at, and restored", async () => {
  const { user, writes } = await open({ deleted_at: "2026-01-02T09:00:00Z" });
  expect(screen.queryByRole("button", { name: "Job title: Buyer" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Restore" }));
  await screen.findByText("Ada Byron restored");
  expect(writes()[0]?.path).toBe(`/api/crm/contacts/${makeContact().id}/restore/`);
});
