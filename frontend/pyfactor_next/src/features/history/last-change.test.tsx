import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { answer, answerApi, renderInBusiness } from "@/features/customers/testing-library";
import { LastChange } from "./last-change";

afterEach(() => vi.unstubAllGlobals());

const PHONE = {
  id: "1",
  kind: "user",
  operation: "update",
  actor_name: "Ada Byron",
  created_at: "2026-11-12T13:05:00Z",
};

function draw() {
  const asked: string[] = [];
  answerApi(({ path, query }) => {
    if (!path.endsWith("/history/")) return undefined;
    const field = query.get("field") ?? "";
    asked.push(field);
    const first = field === "email" ? [{ ...PHONE, operation: "create", actor_name: "" }] : [PHONE];
    return answer({ results: field === "notes" ? [] : first, next: null, previous: null });
  });
  renderInBusiness(
    <dl>
      <dt data-last-change="phone">Phone</dt>
      <dt data-last-change="email">E-mail</dt>
      <dt data-last-change="notes">Notes</dt>
      <dd>elsewhere</dd>
      <LastChange resource="customers" id="c1" version={3} />
    </dl>,
  );
  return asked;
}

const rest = (text: string) =>
  fireEvent.pointerOver(screen.getByText(text), { pointerType: "mouse" });

test("the mouse on a label is told who changed the field last, once it rests", async () => {
  const asked = draw();
  rest("Phone");
  expect(screen.queryByRole("tooltip")).toBeNull();
  const told = await screen.findByRole("tooltip");
  expect(told).toHaveTextContent(/^Ada Byron changed this, Nov 12, 2026/);
  rest("elsewhere");
  await waitFor(() => expect(screen.queryByRole("tooltip")).toBeNull());
  rest("Phone");
  await screen.findByRole("tooltip");
  expect(asked).toEqual(["phone"]);
});

test("what came with the record was entered, by Dott where nobody did", async () => {
  draw();
  rest("E-mail");
  expect(await screen.findByRole("tooltip")).toHaveTextContent(/^Dott entered this/);
  fireEvent.keyDown(document.body, { key: "Escape" });
  expect(screen.queryByRole("tooltip")).toBeNull();
});

test("a field that was always empty says nothing", async () => {
  const asked = draw();
  rest("Notes");
  await waitFor(() => expect(asked).toEqual(["notes"]));
  expect(screen.queryByRole("tooltip")).toBeNull();
});
