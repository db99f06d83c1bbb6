import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { makeCustomer } from "../testing";
import { answer, answerApi, renderInBusiness, undoneBy } from "../testing-library";
import type { Customer } from "../types";
import { RecordView } from "./record-view";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: vi.fn() }) }));

afterEach(() => vi.unstubAllGlobals());

/** An API with one customer; `change` lets somebody else edit it behind the page. */
function oneCustomer(values: Partial<Customer> = {}) {
  let record = makeCustomer(values);
  const before: Customer[] = [];
  const refusals: Response[] = [];
  const seen = answerApi(({ method, path, headers, body }) => {
    const undone = /^\/api\/changes\/(\d+)\/undo\/$/.exec(path)?.[1];
    if (undone) {
      record = { ...record, ...before[Number(undone)], version: record.version + 1 };
      return undoneBy("undo");
    }
    if (!path.startsWith("/api/crm/customers/0")) return undefined;
    if (method === "GET") return answer(record);
    const refusal = refusals.shift();
    if (refusal) return refusal;
    if (headers.get("If-Match") !== `"${record.version}"`) {
      return answer({ status: 412, code: "stale_version", detail: "Changed meanwhile." }, 412);
    }
    const set = before.push(record) - 1;
    record = { ...record, ...(body as Partial<Customer>), version: record.version + 1 };
    return answer(record, 200, { "Dott-Change-Set": String(set) });
  });
  return {
    seen,
    refuseNext: (response: Response) => refusals.push(response),
    change: (part: Partial<Customer>) => {
      record = { ...record, ...part, version: record.version + 1 };
    },
    current: () => record,
    writes: () => seen.filter(({ method }) => method === "PATCH"),
  };
}

async function open(id: string) {
  renderInBusiness(
    <RecordView
      id={id}
      variant="panel"
      parts={{ sections: () => [] }}
      tab={null}
      onTabChange={() => undefined}
      onTrashed={() => undefined}
    />,
  );
  await screen.findByRole("heading", { name: "Contact" });
  return userEvent.setup();
}

const email = () => screen.getByRole("button", { name: /^E-mail/ });

test("Enter saves a field with the version, and Undo takes back what was written", async () => {
  const api = oneCustomer({ email: "old@example.com" });
  const user = await open(api.current().id);
  await user.click(email());
  await user.clear(screen.getByRole("textbox", { name: "E-mail" }));
  await user.keyboard("new@example.com{Enter}");
  await screen.findByText("E-mail saved");
  expect(api.current().email).toBe("new@example.com");
  expect(api.writes()[0]?.headers.get("If-Match")).toBe('"1"');

  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(api.current().email).toBe("old@example.com"));
  await screen.findByText("Undone");
  expect(api.writes().map(({ body }) => body)).toEqual([{ email: "new@example.com" }]);
  await waitFor(() => expect(email()).toHaveTextContent("old@example.com"));
});

test("Escape changes nothing", async () => {
  const api = oneCustomer({ email: "old@example.com" });
  const user = await open(api.current().id);
  await user.click(email());
  await user.keyboard("junk{Escape}");
  expect(email()).toHaveTextContent("old@example.com");
  expect(api.writes()).toEqual([]);
});

test("Tab saves and opens the next field; both edits arrive, one after the other", async () => {
  const api = oneCustomer();
  const user = await open(api.current().id);
  await user.click(screen.getByRole("button", { name: /^First name/ }));
  await user.keyboard("Maria{Tab}");
  expect(screen.getByRole("textbox", { name: "Last name" })).toHaveFocus();
  await user.keyboard("Anders{Enter}");
  await waitFor(() => expect(api.current()).toMatchObject({ version: 3 }));
  expect(api.current()).toMatchObject({ first_name: "Maria", last_name: "Anders" });
  expect(api.writes().map(({ headers }) => headers.get("If-Match"))).toEqual(['"1"', '"2"']);
});

test("a refused value stays in its field with the server's sentence", async () => {
  const api = oneCustomer({ email: "old@example.com" });
  const user = await open(api.current().id);
  api.refuseNext(
    answer(
      {
        status: 400,
        code: "invalid",
        errors: [{ pointer: "/email", code: "invalid", detail: "Enter a valid address." }],
      },
      400,
    ),
  );
  await user.click(email());
  await user.clear(screen.getByRole("textbox", { name: "E-mail" }));
  await user.keyboard("nonsense{Enter}");
  await screen.findByText("Enter a valid address.");
  const input = screen.getByRole("textbox", { name: "E-mail" });
  expect(input).toHaveValue("nonsense");
  expect(input).toHaveAttribute("aria-invalid", "true");

  await user.clear(input);
  await user.type(input, "good@example.com{Enter}");
  await waitFor(() => expect(api.current().email).toBe("good@example.com"));
  expect(screen.queryByText("Enter a valid address.")).not.toBeInTheDocument();
});

test("a conflict shows both values; keeping mine saves over theirs", async () => {
  const api = oneCustomer({ email: "old@example.com", stage: "lead" });
  const user = await open(api.current().id);
  await user.click(email());
  await user.clear(screen.getByRole("textbox", { name: "E-mail" }));
  api.change({ email: "theirs@example.com", stage: "customer" });
  await user.keyboard("mine@example.com{Enter}");

  const notice = await screen.findByRole("alert", { name: "Conflict" });
  expect(notice).toHaveTextContent("mine@example.com");
  expect(notice).toHaveTextContent("theirs@example.com");
  expect(notice).toHaveTextContent("Also changed meanwhile: Stage.");
  expect(api.current().email).toBe("theirs@example.com");

  await user.click(screen.getByRole("button", { name: "Keep mine" }));
  await waitFor(() => expect(api.current().email).toBe("mine@example.com"));
  expect(api.current().stage).toBe("customer");
});

test("taking theirs writes nothing", async () => {
  const api = oneCustomer({ email: "old@example.com" });
  const user = await open(api.current().id);
  await user.click(email());
  await user.clear(screen.getByRole("textbox", { name: "E-mail" }));
  api.change({ email: "theirs@example.com" });
  await user.keyboard("mine@example.com{Enter}");
  await screen.findByRole("alert", { name: "Conflict" });
  const sent = api.writes().length;
  await user.click(screen.getByRole("button", { name: "Take theirs" }));
  await waitFor(() => expect(email()).toHaveTextContent("theirs@example.com"));
  expect(api.writes()).toHaveLength(sent);
});

test("a number nobody can dial is mended in one write", async () => {
  const api = oneCustomer({ phone_raw: "030-00x", phone: "" });
  const user = await open(api.current().id);
  expect(screen.getByText("Not a valid number")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Fix" }));
  const input = screen.getByRole("textbox", { name: "Corrected phone number" });
  await user.clear(input);
  await user.type(input, "+49301234567{Enter}");
  await waitFor(() => expect(api.current().phone).toBe("+49301234567"));
  expect(api.writes().map(({ body }) => body)).toEqual([{ phone: "+49301234567", phone_raw: "" }]);
  await waitFor(() => expect(screen.queryByText("Not a valid number")).not.toBeInTheDocument());
});

test("a record in the trash can be read and restored, not edited", async () => {
  const api = oneCustomer({ email: "a@b.example", deleted_at: "2026-11-01T00:00:00Z" });
  await open(api.current().id);
  expect(screen.getByRole("button", { name: "Restore" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /^E-mail/ })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Edit" })).not.toBeInTheDocument();
});
