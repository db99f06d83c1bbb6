import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { makeField } from "@/features/fields/testing";
import { answer, answerApi, renderInBusiness } from "../testing-library";
import { CustomersBulkBar } from "./customers-bulk-bar";

afterEach(() => vi.unstubAllGlobals());

const ids = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"];
const CHANGE_SET = "00000000-0000-7000-8000-00000000000c";

interface Asked {
  path: string;
  body: unknown;
}

/** Text is found faster than roles, and a loaded machine takes its time to fetch a dialog. */
async function says(text: string): Promise<void> {
  await waitFor(() => expect(document.body).toHaveTextContent(text), { timeout: 50_000 });
}

const tier = makeField("tier", {
  type: "select",
  options: [{ id: "opt_gold", label: "Gold", is_archived: false }],
});
const TAG = "00000000-0000-7000-8000-00000000000f";

/** Answers bulk actions as done and undoes what is asked; tells what was asked for. */
function serve(done: Response | undefined = undefined): Asked[] {
  const asked: Asked[] = [];
  answerApi(({ method, path, body }) => {
    if (path === "/api/crm/tags/" && method === "GET") {
      return answer({ results: [{ id: TAG, name: "Fair", colour: "red" }], next: null });
    }
    if (path === "/api/crm/custom-fields/") return answer({ results: [tier], next: null });
    if (method !== "POST") return undefined;
    asked.push({ path, body });
    if (path.endsWith("/bulk/")) {
      return done ?? answer({ changed: 2, unchanged: 0, change_set: CHANGE_SET });
    }
    return path.endsWith("/undo/") ? answer({}, 201) : undefined;
  });
  return asked;
}

function draw(part: Partial<Parameters<typeof CustomersBulkBar>[0]> = {}): { onClear: () => void } {
  const onClear = vi.fn();
  renderInBusiness(
    <CustomersBulkBar
      query={{}}
      ids={ids}
      allCount={null}
      total={2}
      isTrash={false}
      onSelectAll={() => undefined}
      onClear={onClear}
      {...part}
    />,
  );
  return { onClear };
}

test("what was deleted is one change, and Undo takes that back", async () => {
  const asked = serve();
  const { onClear } = draw();
  const user = userEvent.setup();
  await user.click(await screen.findByText("Delete"));
  await says("2 records deleted");
  expect(onClear).toHaveBeenCalled();
  await user.click(screen.getByText("Undo"));
  await says("Undone");
  expect(asked).toEqual([
    { path: "/api/crm/customers/bulk/", body: { action: "trash", ids } },
    { path: `/api/changes/${CHANGE_SET}/undo/`, body: { on_conflict: "refuse" } },
  ]);
});

test("more than a hundred are deleted only after their number was typed", async () => {
  const asked = serve();
  draw({ query: { stage__in: ["lead"], ordering: "name" }, allCount: 250, total: 250 });
  const user = userEvent.setup();
  await user.click(await screen.findByText("Delete"));
  await says("Type 250 to go on");
  const confirm = screen.getByText("Delete 250 records", { selector: "button" });
  expect(confirm).toBeDisabled();
  await user.type(screen.getByLabelText("Type 250 to go on"), "250");
  await user.click(confirm);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]?.body).toEqual({
    action: "trash",
    query: { stage__in: "lead" },
    filter: null,
    expected_count: 250,
  });
});

test("a list that has moved is said, and nothing else", async () => {
  const problem = {
    type: "about:blank",
    title: "Conflict",
    status: 409,
    code: "selection_moved",
    detail: "moved",
    instance: "/",
    request_id: "r",
    count: 7,
  };
  serve(
    new Response(JSON.stringify(problem), {
      status: 409,
      headers: { "Content-Type": "application/problem+json" },
    }),
  );
  const { onClear } = draw();
  await userEvent.click(await screen.findByText("Delete"));
  await says("finds 7 records now");
  expect(onClear).not.toHaveBeenCalled();
});

test("tags are put on all of them at once, and Undo takes that back", async () => {
  const asked = serve();
  const { onClear } = draw();
  const user = userEvent.setup();
  await user.click(await screen.findByText("Tag"));
  await user.click(await screen.findByRole("checkbox", { name: "Fair" }));
  await user.click(screen.getByText("Tag 2 records", { selector: "button" }));
  await says("Tags of 2 records changed");
  expect(asked).toEqual([
    { path: "/api/crm/customers/bulk/", body: { action: "tag", ids, add: [TAG], remove: [] } },
  ]);
  // What was tagged stays selected, for the next tag.
  expect(onClear).not.toHaveBeenCalled();
  await user.click(screen.getByText("Undo"));
  await says("Undone");
  expect(asked[1]?.path).toBe(`/api/changes/${CHANGE_SET}/undo/`);
});

test("tags are taken off", async () => {
  const asked = serve();
  draw();
  const user = userEvent.setup();
  await user.click(await screen.findByText("Tag"));
  await user.click(await screen.findByLabelText("Remove tags"));
  await user.click(await screen.findByRole("checkbox", { name: "Fair" }));
  await user.click(screen.getByText("Take off 2 records", { selector: "button" }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]?.body).toEqual({ action: "tag", ids, add: [], remove: [TAG] });
});

test("a field of the business's own is given to many like any other", async () => {
  const asked = serve();
  draw();
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Edit" }));
  await says("Edit 2 records");
  await user.click(screen.getByRole("combobox", { name: "Field" }));
  await user.click(await screen.findByRole("option", { name: "TIER" }));
  await user.click(await screen.findByRole("combobox", { name: "TIER" }));
  await user.click(await screen.findByRole("option", { name: "Gold" }));
  await user.click(screen.getByRole("button", { name: /^Change 2/ }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]?.body).toEqual({ action: "edit", ids, values: { custom: { tier: "opt_gold" } } });
});
