import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { answer, answerApi, renderInBusiness } from "@/features/customers/testing-library";
import { makeField } from "@/features/fields/testing";
import { DealsBulkBar } from "./deals-bulk-bar";

afterEach(() => vi.unstubAllGlobals());

const ids = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"];

/** The bar over two deals with its edit dialog open; `sent` are the values that it was asked to give. */
async function edit(label: string) {
  const sent: unknown[] = [];
  answerApi(({ method, path, body }) => {
    if (path === "/api/crm/custom-fields/") {
      return answer({ results: [makeField("oven", { type: "text", entity: "deal" })], next: null });
    }
    if (method !== "POST") return undefined;
    sent.push((body as { values: unknown }).values);
    return answer({ changed: 2, unchanged: 0, change_set: null });
  });
  renderInBusiness(
    <DealsBulkBar
      query={{}}
      ids={ids}
      allCount={null}
      total={2}
      isTrash={false}
      onSelectAll={() => undefined}
      onClear={() => undefined}
    />,
  );
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Edit" }));
  await user.click(await screen.findByRole("combobox", { name: "Field" }));
  await user.click(await screen.findByRole("option", { name: label }));
  const apply = () => user.click(screen.getByRole("button", { name: /^Change 2/ }));
  return { apply, sent, user };
}

test("many deals get a day on which they are expected to close", async () => {
  const { apply, sent } = await edit("Expected close");
  fireEvent.change(screen.getByLabelText("New value"), { target: { value: "2026-03-31" } });
  await apply();
  await waitFor(() => expect(sent).toEqual([{ expected_close_on: "2026-03-31" }]));
});

test("a probability is a number of percent, and nothing gives them that of their stage", async () => {
  const { apply, sent, user } = await edit("Probability");
  await user.type(screen.getByLabelText("New value"), "40");
  await apply();
  await waitFor(() => expect(sent).toEqual([{ probability: 40 }]));
  await user.click(await screen.findByRole("button", { name: "Edit" }));
  await user.click(await screen.findByRole("combobox", { name: "Field" }));
  await user.click(await screen.findByRole("option", { name: "Probability" }));
  await apply();
  await waitFor(() => expect(sent.at(-1)).toEqual({ probability: null }));
});

test("no deal is more likely than a hundred percent", async () => {
  const { apply, sent, user } = await edit("Probability");
  await user.type(screen.getByLabelText("New value"), "140");
  await apply();
  expect(screen.getByLabelText("New value")).toBeInvalid();
  expect(sent).toEqual([]);
});

test("many deals get a value of the business's own field", async () => {
  const { apply, sent, user } = await edit("OVEN");
  await user.type(await screen.findByRole("textbox", { name: "OVEN" }), "Kiln");
  await apply();
  await waitFor(() => expect(sent).toEqual([{ custom: { oven: "Kiln" } }]));
});
