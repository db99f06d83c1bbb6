import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { customerKeys } from "../queries";
import { makeCustomer } from "../testing";
import { answer, answerApi, renderInBusiness } from "../testing-library";
import { SelectionBar } from "./selection-bar";

afterEach(() => vi.unstubAllGlobals());

const rows = ["1", "2", "3"].map((id) => makeCustomer({ id, business_name: `Customer ${id}` }));

test("Undo shows all of them again before the server has restored the first", async () => {
  const asked: string[] = [];
  answerApi(({ method, path }) => {
    if (method === "DELETE") return new Response(null, { status: 204 });
    if (method !== "POST") return undefined;
    asked.push(`${path} ${shown().length}`);
    return answer(rows[0]);
  });
  const view = renderInBusiness(
    <SelectionBar rows={rows} onClear={() => undefined} onTrashed={() => undefined} />,
  );
  const key = customerKeys.list("acme", {});
  const shown = () =>
    view.client.getQueryData<{ pages: { results: unknown[] }[] }>(key)?.pages[0]?.results ?? [];
  view.client.setQueryData(key, {
    pages: [{ results: rows, next: null, previous: null, count: 3, count_is_exact: true }],
    pageParams: [""],
  });

  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Delete" }));
  await screen.findByText("3 customers deleted");
  expect(shown()).toEqual([]);

  await user.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByText("3 customers restored");
  expect(asked).toEqual(rows.map(({ id }) => `/api/crm/customers/${id}/restore/ 3`));
});
