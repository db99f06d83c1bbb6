import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import {
  answer,
  answerApi,
  renderInBusiness,
  undoneBy,
} from "@/features/customers/testing-library";
import { makeContact, makeLink } from "../testing";
import type { Link } from "../types";
import { CustomerContacts } from "./customer-contacts";

afterEach(() => vi.unstubAllGlobals());

const LINKS = "/api/crm/customer-contacts/";
const page = (results: unknown[]) => answer({ results, next: null, previous: null });

/** An API with the links of one customer; writes are told and answered as done. */
function serve(links: Link[]) {
  const seen = answerApi(({ method, path, body }) => {
    if (path.endsWith("/undo/")) return undoneBy("undo");
    if (method === "GET" && path === LINKS) return page(links);
    if (method === "GET" && path === "/api/crm/contacts/") return page([makeContact()]);
    if (method === "GET" && path.startsWith("/api/crm/contacts/")) return answer(makeContact());
    if (method === "DELETE") return new Response(null, { status: 204, headers: set("gone") });
    if (method === "PATCH" || method === "POST") {
      const status = method === "POST" ? 201 : 200;
      return answer({ ...makeContact(), ...(body as object) }, status, set("made"));
    }
    return undefined;
  });
  return { writes: () => seen.filter(({ method }) => method !== "GET") };
}

const set = (id: string) => ({ "Dott-Change-Set": id });

function draw(isReadOnly = false) {
  renderInBusiness(<CustomerContacts customerId="firm" name="Old Mill" isReadOnly={isReadOnly} />);
  return userEvent.setup();
}

async function openMenu(user: ReturnType<typeof userEvent.setup>, name: string): Promise<void> {
  await user.click(await screen.findByRole("button", { name: `Actions for ${name}` }));
}

test("each contact stands there with its role and how it is reached, the primary one first", async () => {
  const other = { id: "l2", contact: "c2", contact_name: "Bo Dahl", role: "billing" as const };
  serve([
    makeLink({ ...other, contact_do_not_call: true, contact_email: "" }),
    makeLink({ is_primary: true, role: "decision_maker" }),
    makeLink({ id: "l3", contact: "c3", contact_name: "Gone", contact_deleted_at: "2026-01-01" }),
  ]);
  draw();
  const list = await screen.findByRole("list", { name: "Contacts of Old Mill" });
  const [first, second, ...more] = within(list).getAllByRole("listitem");
  expect(more).toEqual([]);
  expect(first).toHaveTextContent(/Ada Byron.*Primary.*Decision maker.*Buyer/);
  if (!first || !second) throw new Error("two rows are expected");
  expect(within(first).getByRole("link", { name: "+49 301 2345" })).toHaveAttribute(
    "href",
    "tel:+493012345",
  );
  expect(within(first).getByRole("link", { name: "ada@example.com" })).toHaveAttribute(
    "href",
    "mailto:ada@example.com",
  );
  expect(within(first).getByRole("link", { name: "Ada Byron" })).toHaveAttribute(
    "href",
    `/acme/contacts/${makeLink().contact}`,
  );
  expect(second).toHaveTextContent(/Bo Dahl.*Billing.*Do not call/);
  expect(second.querySelector("a[href^=tel]")).toBeNull();
});

test("one is made the primary contact with the version seen, and Undo takes it back", async () => {
  const { writes } = serve([makeLink()]);
  const user = draw();
  await openMenu(user, "Ada Byron");
  await user.click(await screen.findByText("Make primary"));
  await screen.findByText("Ada Byron is the primary contact");
  const [write] = writes();
  expect([write?.method, write?.path, write?.body]).toEqual([
    "PATCH",
    `${LINKS}${makeLink().id}/`,
    { is_primary: true },
  ]);
  expect(write?.headers.get("If-Match")).toBe('"3"');
  await user.click(screen.getByText("Undo"));
  await screen.findByText("Undone");
  expect(writes().at(-1)?.path).toBe("/api/changes/made/undo/");
});

test("the role is chosen in the menu", async () => {
  const { writes } = serve([makeLink()]);
  const user = draw();
  await openMenu(user, "Ada Byron");
  await user.click(await screen.findByRole("menuitemradio", { name: "Technical" }));
  await screen.findByText("Ada Byron is now: Technical");
  expect(writes()[0]?.body).toEqual({ role: "technical" });
});

test("unlinking removes the link alone and can be undone", async () => {
  const { writes } = serve([makeLink()]);
  const user = draw();
  await openMenu(user, "Ada Byron");
  await user.click(await screen.findByText("Unlink"));
  await screen.findByText("Ada Byron unlinked");
  expect(writes().map(({ method, path }) => [method, path])).toEqual([
    ["DELETE", `${LINKS}${makeLink().id}/`],
  ]);
  await user.click(screen.getByText("Undo"));
  await waitFor(() => expect(writes().at(-1)?.path).toBe("/api/changes/gone/undo/"));
});

test("the first contact is a new one, the primary one unless somebody says otherwise", async () => {
  const { writes } = serve([]);
  const user = draw();
  await screen.findByText("No contacts yet");
  await user.click(screen.getByRole("button", { name: "New contact" }));
  await user.click(await screen.findByRole("button", { name: "Create contact" }));
  await screen.findByText("Give a first or a last name.");
  expect(writes()).toEqual([]);
  await user.type(screen.getByLabelText("First name"), " Grace ");
  await user.type(screen.getByLabelText("E-mail"), "grace@example.com");
  await user.click(screen.getByRole("button", { name: "Create contact" }));
  await waitFor(() => expect(writes()).toHaveLength(1));
  expect(writes()[0]?.body).toEqual({
    first_name: "Grace",
    last_name: "",
    job_title: "",
    department: "",
    email: "grace@example.com",
    phone: "",
    customer: "firm",
    role: "other",
    is_primary: true,
  });
});

test("what the server refuses stands at its field, and nothing typed is lost", async () => {
  answerApi(({ method, path }) => {
    if (method !== "POST" || path !== "/api/crm/contacts/") return undefined;
    const errors = [{ pointer: "/phone", code: "invalid", detail: "This is no phone number." }];
    return answer({ status: 400, code: "invalid_input", detail: "No.", errors }, 400);
  });
  const user = draw();
  await user.click(await screen.findByRole("button", { name: "New contact" }));
  await user.type(await screen.findByLabelText("Last name"), "Hopper");
  await user.type(screen.getByLabelText("Phone"), "12");
  await user.click(screen.getByRole("button", { name: "Create contact" }));
  await screen.findByText("This is no phone number.");
  expect(screen.getByLabelText("Last name")).toHaveValue("Hopper");
});

test("a contact that is there already is found and linked", async () => {
  const { writes } = serve([makeLink({ contact: "c2", contact_name: "Bo Dahl" })]);
  const user = draw();
  await user.click(await screen.findByRole("button", { name: "Link contact" }));
  await user.click(await screen.findByRole("button", { name: "Link" }));
  await screen.findByText("Choose one from the list.");
  await user.type(screen.getByRole("combobox", { name: /^Contact/ }), "ada");
  await user.click(await screen.findByRole("option", { name: /Ada Byron/ }));
  await user.click(screen.getByRole("button", { name: "Link" }));
  await screen.findByText("Ada Byron linked");
  expect(writes()[0]?.body).toEqual({
    customer: "firm",
    contact: makeContact().id,
    role: "other",
    is_primary: false,
  });
});

test("who may not change it only looks", async () => {
  serve([makeLink()]);
  draw(true);
  await screen.findByText("Ada Byron");
  expect(screen.queryAllByRole("button")).toEqual([]);
});

test("a failure is said and asked again", async () => {
  let isDown = true;
  answerApi(({ path }) => {
    if (path !== LINKS) return undefined;
    return isDown ? answer({ status: 400, code: "x", detail: "No." }, 400) : page([makeLink()]);
  });
  const user = draw();
  const again = await screen.findByRole("button", { name: /again|retry/i });
  isDown = false;
  await user.click(again);
  await screen.findByText("Ada Byron");
});
