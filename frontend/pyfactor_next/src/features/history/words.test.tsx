import { screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { answer, answerApi, renderInBusiness } from "@/features/customers/testing-library";
import { useWords } from "./words";

afterEach(() => vi.unstubAllGlobals());

function Said({ value }: { value: unknown }) {
  const words = useWords();
  return <p>{`${words.field("crm.deal", "tags")}: ${words.value("crm.deal", "tags", value)}`}</p>;
}

test("tags are called by their names, and one that is gone is said to be", async () => {
  answerApi(({ path }) => {
    if (path !== "/api/crm/tags/") return undefined;
    const results = [{ id: "t1", name: "Fair", colour: "red" }];
    return answer({ results, next: null, previous: null });
  });
  renderInBusiness(
    <>
      <Said value={["t1", "t2"]} />
      <Said value={[]} />
    </>,
  );
  await screen.findByText("Tags: Fair and deleted tag");
  expect(screen.getByText("Tags: empty")).toBeVisible();
});
