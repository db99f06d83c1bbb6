import { useQuery } from "@tanstack/react-query";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import {
  answer,
  answerApi,
  renderInBusiness,
  undoneBy,
} from "@/features/customers/testing-library";
import { RecordTags } from "./record-tags";
import { makeTag } from "./testing";

afterEach(() => vi.unstubAllGlobals());

const KEY = ["acme", "customers", "record", "mill"];
const RECORD = "/api/crm/customers/mill/";

/** A record of which only the tags are looked at. */
function Record({ isReadOnly = false }: { isReadOnly?: boolean }) {
  const { data } = useQuery({ queryKey: KEY, queryFn: () => ({ tags: [""] }), enabled: false });
  return <RecordTags kind="customers" id="mill" tags={data?.tags ?? []} isReadOnly={isReadOnly} />;
}

async function draw({ isReadOnly = false, isRefused = false } = {}) {
  const tags = [makeTag("red"), makeTag("green"), makeTag("blue")];
  const seen = answerApi(({ method, path, body }) => {
    if (path.endsWith("/undo/")) return undoneBy("undo");
    if (method === "GET" && path === "/api/crm/tags/") {
      return answer({ results: tags, next: null, previous: null });
    }
    if (method === "POST") {
      const made = makeTag("new", body as object);
      tags.push(made);
      return answer(made, 201, { "Dott-Change-Set": "tag" });
    }
    if (method !== "PATCH" || path !== RECORD) return undefined;
    if (isRefused) return answer({ status: 400, code: "x", detail: "No." }, 400);
    return answer({ id: "mill", version: 5, ...(body as object) }, 200, {
      "Dott-Change-Set": "made",
    });
  });
  const { client } = renderInBusiness(<Record isReadOnly={isReadOnly} />);
  client.setQueryData(KEY, { id: "mill", version: 4, tags: ["red", "green"] });
  await screen.findByText("RED");
  return {
    user: userEvent.setup(),
    writes: () => seen.filter(({ method }) => method !== "GET"),
  };
}

test("a tag is taken off with the version seen, and Undo puts it back", async () => {
  const { user, writes } = await draw();
  await user.click(screen.getByRole("button", { name: "Remove tag RED" }));
  await screen.findByText("Tags saved");
  expect(screen.queryByText("RED")).toBeNull();
  expect(writes()[0]?.body).toEqual({ tags: ["green"] });
  expect(writes()[0]?.headers.get("If-Match")).toBe('"4"');
  await user.click(screen.getByText("Undo"));
  await screen.findByText("Undone");
  expect(writes().at(-1)?.path).toBe("/api/changes/made/undo/");
});

test("the key L opens the choice, and Enter takes the tag that was typed", async () => {
  const { user, writes } = await draw();
  await user.keyboard("l");
  await user.type(await screen.findByLabelText("Find or create a tag"), "blu{Enter}");
  await waitFor(() => expect(writes()[0]?.body).toEqual({ tags: ["red", "green", "blue"] }));
});

test("a name that no tag has becomes one, and goes on the record", async () => {
  const { user, writes } = await draw();
  await user.click(screen.getByRole("button", { name: "Add tag" }));
  await user.type(await screen.findByLabelText("Find or create a tag"), "Fair 2026");
  await user.click(screen.getByRole("button", { name: "Create “Fair 2026”" }));
  await waitFor(() => expect(writes()).toHaveLength(2));
  expect(writes().map(({ path, body }) => [path, body])).toEqual([
    ["/api/crm/tags/", { name: "Fair 2026" }],
    [RECORD, { tags: ["red", "green", "new"] }],
  ]);
});

test("a refusal is said and the tags stand as they were", async () => {
  const { user } = await draw({ isRefused: true });
  await user.click(screen.getByRole("button", { name: "Remove tag GREEN" }));
  // Read out beside the toast that shows it.
  await screen.findAllByText("The tags could not be saved");
  expect(screen.getByText("GREEN")).toBeVisible();
});

test("who may not change them only sees them", async () => {
  await draw({ isReadOnly: true });
  expect(screen.queryAllByRole("button")).toEqual([]);
});
