import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { makeCustomer } from "../testing";
import { answer, answerApi, renderInBusiness, undoneBy } from "../testing-library";
import { CustomerMerge } from "./customer-merge";

afterEach(() => vi.unstubAllGlobals());

const A = "00000000-0000-7000-8000-00000000000a";
const B = "00000000-0000-7000-8000-00000000000b";
const CHANGE_SET = "00000000-0000-7000-8000-00000000000c";
const customers = {
  [A]: makeCustomer({
    id: A,
    business_name: "Acme",
    display_name: "Acme",
    email: "a@x",
    version: 3,
  }),
  [B]: makeCustomer({
    id: B,
    business_name: "ACME Ltd",
    display_name: "ACME Ltd",
    email: "b@x",
    version: 5,
  }),
};

interface Merge {
  path: string;
  ifMatch: string | null;
  body: Record<string, unknown>;
}

/** Answers as the API does: what is asked for is tried, or done. */
function serve(refusal?: Response): Merge[] {
  const merges: Merge[] = [];
  answerApi(({ method, path, headers, body }) => {
    const found = Object.values(customers).find(({ id }) => path === `/api/crm/customers/${id}/`);
    if (found) return answer(found);
    if (path.endsWith("/undo/")) return undoneBy(CHANGE_SET);
    if (method !== "POST" || !path.endsWith("/merge/")) return undefined;
    const asked = body as Record<string, unknown>;
    merges.push({ path, ifMatch: headers.get("If-Match"), body: asked });
    if (!asked["dry_run"] && refusal) return refusal;
    const survivor = path.includes(A) ? customers[A] : customers[B];
    const result = {
      record: { ...survivor, notes: "from both" },
      moved: { deals: 3, activities: 1 },
      dropped: { contact_links: 1 },
      warnings: ["tax_ids_differ", "new_word"],
      change_set: null,
    };
    return answer(result, 200, asked["dry_run"] ? {} : { "Dott-Change-Set": CHANGE_SET });
  });
  return merges;
}

function draw() {
  const onClose = vi.fn();
  const onMerged = vi.fn();
  renderInBusiness(<CustomerMerge ids={[A, B]} onClose={onClose} onMerged={onMerged} />);
  return { user: userEvent.setup(), onClose, onMerged };
}

const confirm = (name: string) => screen.findByRole("button", { name });

test("shows what would be, exactly as the API says, and what speaks against it", async () => {
  const merges = serve();
  draw();
  const result = await screen.findByRole("region", { name: "What comes of it" });
  expect(within(result).getByText("from both")).toBeInTheDocument();
  expect(result).toHaveTextContent("3 deals and 1 activity will move");
  expect(result).toHaveTextContent("Already there and left out: 1 contact.");
  expect(result).toHaveTextContent("They have different tax ids.");
  expect(result).toHaveTextContent("Look closely before you merge these.");
  expect(screen.getByText("They differ in 2 fields.")).toBeInTheDocument();
  const body = { losers: [B], versions: { [B]: 5 }, choices: {}, dry_run: true };
  expect(merges).toEqual([{ path: `/api/crm/customers/${A}/merge/`, ifMatch: '"3"', body }]);
});

test("a choice and another survivor are previewed, and what was previewed is done and undone", async () => {
  const merges = serve();
  const { user, onClose, onMerged } = draw();
  await confirm("Merge 1 into Acme");
  await user.click(screen.getByRole("radio", { name: "E-mail: b@x, of ACME Ltd" }));
  await user.click(screen.getByRole("radio", { name: "E-mail: a@x, of Acme" }));
  await user.click(screen.getByRole("radio", { name: /^Keep ACME Ltd/ }));
  const button = await confirm("Merge 1 into ACME Ltd");
  await waitFor(() => expect(button).toBeEnabled());
  const body = { losers: [A], versions: { [A]: 3 }, choices: { email: A } };
  const path = `/api/crm/customers/${B}/merge/`;
  expect(merges.at(-1)).toEqual({ path, ifMatch: '"5"', body: { ...body, dry_run: true } });
  await user.click(button);
  await waitFor(() => expect(onMerged).toHaveBeenCalledWith(B));
  expect(onClose).toHaveBeenCalledOnce();
  expect(merges.at(-1)).toEqual({ path, ifMatch: '"5"', body: { ...body, dry_run: false } });
  expect(await screen.findByText("1 record merged into ACME Ltd")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Undo" })).toBeInTheDocument();
});

test("a refusal is told and the dialog stays", async () => {
  serve(answer({ status: 412, code: "stale_version", detail: "Changed." }, 412));
  const { user, onClose, onMerged } = draw();
  const button = await confirm("Merge 1 into Acme");
  await waitFor(() => expect(button).toBeEnabled());
  await user.click(button);
  expect(await screen.findByRole("alert")).not.toBeEmptyDOMElement();
  expect(onClose).not.toHaveBeenCalled();
  expect(onMerged).not.toHaveBeenCalled();
});
