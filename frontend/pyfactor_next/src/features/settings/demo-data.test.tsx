import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { answer, answerApi, renderInBusiness } from "@/features/customers/testing-library";
import { type Me, meQuery } from "@/features/session";
import { DemoData } from "./demo-data";

afterEach(() => vi.unstubAllGlobals());

/** The card as an admin sees it, in a business that has so many demo customers. */
function draw(customers: number) {
  let left = customers;
  const seen = answerApi(({ method, path }) => {
    if (path !== "/api/crm/demo/") return undefined;
    if (method === "DELETE") left = 0;
    return method === "DELETE" ? new Response(null, { status: 204 }) : answer({ customers: left });
  });
  const { client } = renderInBusiness(<DemoData />);
  act(() => {
    client.setQueryData(meQuery.queryKey, (me: Me | undefined) =>
      me?.membership
        ? { ...me, membership: { ...me.membership, role: "admin" as const } }
        : undefined,
    );
  });
  return seen;
}

const asked = (seen: ReturnType<typeof draw>) =>
  seen.filter(({ path }) => path === "/api/crm/demo/").map(({ method }) => method);

test("the demo data goes when it was asked about, and the card with it", async () => {
  const seen = draw(40);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Remove demo data" }));
  expect(document.body).toHaveTextContent("40 demo customers are here");
  expect(asked(seen)).not.toContain("DELETE");
  const dialog = await screen.findByRole("alertdialog");
  await user.click(within(dialog).getByRole("button", { name: "Remove demo data" }));
  await waitFor(() => expect(document.body).toHaveTextContent("The demo data is gone"));
  await waitFor(() => expect(screen.queryByText("Demo data")).not.toBeInTheDocument());
  expect(asked(seen)).toContain("DELETE");
});

test("a business without demo data is not bothered with it", async () => {
  const seen = draw(0);
  await waitFor(() => expect(asked(seen)).toEqual(["GET"]));
  expect(screen.queryByText("Demo data")).not.toBeInTheDocument();
});
