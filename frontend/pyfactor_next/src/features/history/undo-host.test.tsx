import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { djangoApi } from "@/api";
import {
  answer,
  answerApi,
  renderInBusiness,
  undoneBy,
} from "@/features/customers/testing-library";
import { UndoHost } from "./undo-host";

afterEach(() => vi.unstubAllGlobals());

const path = { id: "00000000-0000-7000-8000-000000000001" };

test("what is still being saved is what the keys undo, and not the change before it", async () => {
  let save: (answer: Response) => void = () => undefined;
  const slow = new Promise<Response>((resolve) => {
    save = resolve;
  });
  const seen = answerApi(({ method, path: asked, body }) => {
    if (asked.endsWith("/undo/")) return undoneBy("undo");
    if (method !== "PATCH") return undefined;
    const isSecond = JSON.stringify(body).includes("Glass");
    return isSecond ? slow : answer({}, 200, { "Dott-Change-Set": "first" });
  });
  renderInBusiness(<UndoHost />);
  const address = "/api/crm/customers/{id}/";
  await djangoApi.patch(address, { industry: "Steel" }, { path, version: 1 });
  const second = djangoApi.patch(address, { industry: "Glass" }, { path, version: 2 });
  await userEvent.keyboard("{Control>}z{/Control}");
  save(answer({}, 200, { "Dott-Change-Set": "second" }));
  await second;
  const undone = () => seen.map((one) => one.path).filter((one) => one.endsWith("/undo/"));
  await waitFor(() => expect(undone()).toEqual(["/api/changes/second/undo/"]));
  // The toast that says so leaves the keys to the page.
  await screen.findByText("Undone");
  await userEvent.keyboard("{Control>}{Shift>}Z{/Shift}{/Control}");
  await waitFor(() => expect(undone()[1]).toBe("/api/changes/undo/undo/"));
});
