import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import {
  answer,
  answerApi,
  renderInBusiness,
  undoneBy,
} from "@/features/customers/testing-library";
import { makeTag } from "../testing";
import type { Tag } from "../types";
import { TagsPage } from "./tags-page";

afterEach(() => vi.unstubAllGlobals());

const URL = "/api/crm/tags/";

function draw(tags: Tag[] = [makeTag("red", { version: 2 }), makeTag("green")]) {
  const seen = answerApi(({ method, path, body }) => {
    if (path.endsWith("/undo/")) return undoneBy("undo");
    if (path === `${URL}uses/`) {
      return answer([{ tag: "red", customers: 2, contacts: 1, deals: 0 }]);
    }
    if (method === "GET") return answer({ results: tags, next: null, previous: null });
    if (method === "DELETE") {
      return new Response(null, { status: 204, headers: { "Dott-Change-Set": "gone" } });
    }
    const made = { ...tags[0], ...(body as object) };
    return answer(made, method === "POST" ? 201 : 200, { "Dott-Change-Set": "made" });
  });
  renderInBusiness(<TagsPage />);
  return {
    user: userEvent.setup(),
    writes: () =>
      seen
        .filter(({ method }) => method !== "GET")
        .map(({ method, path, body, headers }) => [method, path, body, headers.get("If-Match")]),
  };
}

test("a tag is added, renamed and coloured in place", async () => {
  const { user, writes } = draw();
  await screen.findByText("on 3 records");
  expect(screen.getByText("not used")).toBeVisible();
  await user.type(screen.getByLabelText("Name of a new tag"), "Fair{Enter}");
  await screen.findByText("Tag Fair added");
  const name = screen.getByLabelText("Name of RED");
  await user.clear(name);
  await user.type(name, "Scarlet{Enter}");
  await screen.findByText("Tag Scarlet changed");
  await user.click(screen.getByLabelText("Colour of RED"));
  await user.click(await screen.findByRole("option", { name: "Red" }));
  await waitFor(() => expect(writes()).toHaveLength(3));
  expect(writes()).toEqual([
    ["POST", URL, { name: "Fair" }, null],
    ["PATCH", `${URL}red/`, { name: "Scarlet" }, '"2"'],
    ["PATCH", `${URL}red/`, { colour: "red" }, '"2"'],
  ]);
});

test("a deleted tag comes back by Undo", async () => {
  const { user, writes } = draw();
  await user.click(await screen.findByLabelText("Actions for RED"));
  await user.click(await screen.findByText("Delete"));
  await screen.findByText("Tag RED deleted");
  await user.click(screen.getByText("Undo"));
  await screen.findByText("Undone");
  expect(writes().map(([method, path]) => [method, path])).toEqual([
    ["DELETE", `${URL}red/`],
    ["POST", "/api/changes/gone/undo/"],
  ]);
});

test("one tag takes another one's place", async () => {
  const { user, writes } = draw();
  await user.click(await screen.findByLabelText("Actions for RED"));
  await user.click(await screen.findByText("Merge into another tag"));
  await user.click(await screen.findByRole("button", { name: "Merge" }));
  await screen.findByText("Choose a tag.");
  await user.type(screen.getByLabelText(/^Merge into/), "gre");
  await user.click(await screen.findByRole("option", { name: "GREEN" }));
  await user.click(screen.getByRole("button", { name: "Merge" }));
  await screen.findByText("RED is now GREEN");
  expect(writes()[0]?.slice(0, 3)).toEqual(["POST", `${URL}green/merge/`, { tags: ["red"] }]);
});

test("without a tag the page says what they are for", async () => {
  draw([]);
  await screen.findByText("No tags yet");
});
