import { QueryClientProvider } from "@tanstack/react-query";
import { configure, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { IntlProvider } from "use-intl";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createQueryClient } from "@/api/query-client";
import type { components } from "@/api/schema";
import { SessionProvider } from "@/features/session";
import { messages } from "@/i18n/messages";
import { ShortcutProvider, useShortcut } from "@/ui/shortcuts/shortcuts";
import { CommandPalette } from "./command-palette";
import { me } from "./testing";

// A palette in jsdom takes its time on a machine that does other things, too.
vi.setConfig({ testTimeout: 60_000 });
configure({ asyncUtilTimeout: 15_000 });

const push = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));
Element.prototype.scrollIntoView = () => undefined;

/** Answers of the search by text, given when the test says so. */
const answers = new Map<string, (hits: (string | Hit)[]) => void>();

beforeEach(() => {
  push.mockReset();
  localStorage.clear();
  answers.clear();
  vi.stubGlobal("fetch", (input: string) => {
    const text = new URL(input, "http://localhost").searchParams.get("q") ?? "";
    return new Promise((resolve) => {
      answers.set(text, (hits) => resolve(found(hits)));
    });
  });
});
afterEach(() => vi.unstubAllGlobals());

type Hit = components["schemas"]["Hit"];

/** A title alone is a customer's. */
function found(titles: (string | Hit)[]): Response {
  const hits = titles.map(
    (hit): Hit =>
      typeof hit !== "string"
        ? hit
        : {
            kind: "customer",
            id: hit,
            title: hit,
            line: "C-000001",
            rank: 1,
            subkind: "business",
            customer: null,
            contact: null,
            deal: null,
          },
  );
  const [first] = hits;
  const groups = first ? [{ kind: first.kind, hits, has_more: false }] : [];
  return new Response(JSON.stringify({ groups, is_alike: false }), {
    headers: { "Content-Type": "application/json" },
  });
}

async function reply(text: string, ...titles: string[]): Promise<void> {
  await waitFor(() => expect(answers.has(text)).toBe(true));
  answers.get(text)?.(titles);
}

const filter = vi.fn();

function Page() {
  useShortcut("f", filter, { label: "Filter rows", group: "List" });
  return null;
}

function open() {
  const onClose = vi.fn();
  const onHelp = vi.fn();
  render(
    <QueryClientProvider client={createQueryClient()}>
      <IntlProvider locale="en" messages={messages} timeZone="UTC">
        <ShortcutProvider>
          <SessionProvider initial={me}>
            <Page />
            <CommandPalette onClose={onClose} onHelp={onHelp} />
          </SessionProvider>
        </ShortcutProvider>
      </IntlProvider>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), onClose, onHelp };
}

const active = () => screen.getByRole("option", { selected: true });

test("a contact that is found opens its own page, also where it stands for a customer", async () => {
  const { user } = open();
  await user.keyboard("ada");
  await waitFor(() => expect(answers.has("ada")).toBe(true));
  const hit = { id: "a1", title: "Ada Byron", line: "Buyer", rank: 0, subkind: "" };
  const ends = { customer: "mill", contact: null, deal: null };
  answers.get("ada")?.([{ ...hit, ...ends, kind: "contact" }]);
  await user.click(await screen.findByRole("option", { name: /Ada Byron/ }));
  expect(push).toHaveBeenCalledExactlyOnceWith("/acme/contacts/a1");
});

test.each(["customers", "contacts"])("duplicates are looked for among %s", async (kind) => {
  const { user } = open();
  await user.keyboard(">find dup");
  await user.click(screen.getByRole("option", { name: `Find duplicates among ${kind}` }));
  expect(push).toHaveBeenCalledExactlyOnceWith(`/acme/${kind}/duplicates`);
});

test("Enter on results of an older text waits for those of the newer one", async () => {
  const { user } = open();
  await user.keyboard("mü");
  await reply("mü", "Mühle");
  expect(await screen.findByRole("option", { name: /Mühle/, selected: true })).toBeVisible();
  await user.keyboard("l{Enter}");
  // What an earlier text found is still shown, and not opened.
  expect(screen.getByRole("option", { name: /Mühle/ })).toHaveAttribute("aria-disabled", "true");
  expect(push).not.toHaveBeenCalled();
  await reply("mül", "Müller");
  await waitFor(() => expect(push).toHaveBeenCalledExactlyOnceWith("/acme/customers/Müller"));
});

test("typing on after Enter takes it back", async () => {
  const { user } = open();
  await user.keyboard("mü{Enter}l");
  await reply("mü", "Mühle");
  await reply("mül", "Müller");
  expect(await screen.findByRole("option", { name: /Müller/, selected: true })).toBeVisible();
  expect(push).not.toHaveBeenCalled();
});

test("records that arrive late do not take a command's place under Enter", async () => {
  const { user } = open();
  await user.keyboard("new cust");
  expect(active()).toHaveTextContent("New customer");
  await reply("new cust", "New Custom Ltd");
  await screen.findByRole("option", { name: /New Custom Ltd/ });
  expect(active()).toHaveTextContent("New customer");
  expect(screen.getAllByRole("option")[0]).toHaveTextContent("New Custom Ltd");
  await user.keyboard("{Enter}");
  expect(push).toHaveBeenCalledExactlyOnceWith("/acme/customers?new=1");
});

test("arrows go through records and commands alike", async () => {
  const { user } = open();
  await user.keyboard("cust");
  await reply("cust", "Custer");
  await screen.findByRole("option", { name: /Custer/ });
  expect(active()).toHaveTextContent("New customer");
  await user.keyboard("{ArrowUp}");
  expect(active()).toHaveTextContent("Custer");
  await user.keyboard("{Enter}");
  expect(push).toHaveBeenCalledExactlyOnceWith("/acme/customers/Custer");
});

test("empty it offers what was open lately and what this page can do, with its keys", async () => {
  localStorage.setItem(
    "dott.recent.u1.acme",
    JSON.stringify([{ kind: "customer", id: "c1", title: "Alfreds", line: "C-000001" }]),
  );
  const { user, onClose } = open();
  expect(active()).toHaveTextContent("Alfreds");
  const action = screen.getByRole("option", { name: /Filter rows/ });
  expect(action).toHaveTextContent("F");
  await user.click(action);
  expect(onClose).toHaveBeenCalledOnce();
  await waitFor(() => expect(filter).toHaveBeenCalledOnce());
});

test("with the modifier a record opens in a new tab and the palette stays", async () => {
  const opened = vi.spyOn(window, "open").mockReturnValue(null);
  const { user, onClose } = open();
  await user.keyboard("alf");
  await reply("alf", "Alfreds");
  await screen.findByRole("option", { name: /Alfreds/ });
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(opened).toHaveBeenCalledExactlyOnceWith("/acme/customers/Alfreds", "_blank", "noopener");
  expect(onClose).not.toHaveBeenCalled();
});

test("a first letter narrows: no records for >, people for @, and ? explains it", async () => {
  const { user } = open();
  await user.keyboard(">imp");
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual([
    expect.stringContaining("Import a file"),
    expect.stringContaining("Imports"),
  ]);
  expect(answers.size).toBe(0);
  await user.clear(screen.getByRole("combobox"));
  await user.keyboard("?");
  await user.click(screen.getByRole("option", { name: /People only/ }));
  expect(screen.getByRole("combobox")).toHaveValue("@");
  await user.keyboard("anna");
  await reply("anna", "Anna Byron");
  expect(await screen.findByRole("option", { name: /Anna Byron/ })).toBeVisible();
});
