import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { answer, answerApi, renderInBusiness } from "@/features/customers/testing-library";
import { MentionField } from "./mention-field";
import { type Mentions, stored } from "./mentions";

afterEach(() => vi.unstubAllGlobals());

const id = (number: number) => `01a2286f-add9-7f92-91eb-00000000000${number}`;
const MEMBERS = [
  { id: id(1), display_name: "Ada Byron", status: "active" },
  { id: id(2), display_name: "José Ñandú", status: "active" },
  { id: id(3), display_name: "Jo Gone", status: "disabled" },
  { id: id(4), display_name: "Joan of Arc", status: "active" },
];

function Note({ onSaved, onEscape }: { onSaved: (body: string) => void; onEscape: () => void }) {
  const [note, setNote] = useState<{ text: string; mentions: Mentions }>({
    text: "",
    mentions: {},
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: stands for the form around the field
    <div onKeyDown={({ key }) => key === "Escape" && onEscape()}>
      <MentionField
        aria-label="Text"
        value={note.text}
        mentions={note.mentions}
        onChange={(text, mentions) => {
          setNote({ text, mentions });
          onSaved(stored(text, mentions));
        }}
      />
    </div>
  );
}

function draw() {
  answerApi(({ path }) => (path.endsWith("/members/") ? answer({ results: MEMBERS }) : undefined));
  const onSaved = vi.fn<(body: string) => void>();
  const onEscape = vi.fn();
  renderInBusiness(<Note onSaved={onSaved} onEscape={onEscape} />);
  const text = screen.getByLabelText("Text");
  const offered = async (): Promise<string[]> =>
    (await screen.findAllByRole("option")).map((option) => option.textContent ?? "");
  return { user: userEvent.setup(), text, offered, onSaved, onEscape };
}

test("an @ offers the active members, without regard to accents and case", async () => {
  const { user, text, offered } = draw();
  await user.type(text, "Ask @");
  expect(await offered()).toEqual(["Ada Byron", "José Ñandú", "Joan of Arc"]);
  await user.type(text, "NAN");
  await waitFor(async () => expect(await offered()).toEqual(["José Ñandú"]));
  expect(screen.getByRole("listbox")).toHaveAttribute("id", text.getAttribute("aria-controls"));
});

test("keys choose one, the text goes on behind it, and its id is stored", async () => {
  const { user, text, offered, onSaved } = draw();
  await user.type(text, "Ask @jo");
  await offered();
  const active = () => document.getElementById(text.getAttribute("aria-activedescendant") ?? "");
  expect(active()).toHaveTextContent("José Ñandú");
  await user.keyboard("{ArrowDown}");
  expect(active()).toHaveTextContent("Joan of Arc");
  expect(active()).toHaveAttribute("aria-selected", "true");
  await user.keyboard("{ArrowUp}{Enter}today");
  expect(text).toHaveValue("Ask @José Ñandú today");
  expect(onSaved).toHaveBeenLastCalledWith(`Ask [@José Ñandú](member:${id(2)}) today`);
  expect(screen.queryByRole("listbox")).toBeNull();
});

test("a click chooses one and the text keeps the focus", async () => {
  const { user, text, onSaved } = draw();
  await user.type(text, "@joan");
  await user.click(await screen.findByRole("option", { name: "Joan of Arc" }));
  expect(onSaved).toHaveBeenLastCalledWith(`[@Joan of Arc](member:${id(4)}) `);
  expect(text).toHaveFocus();
});

test("Escape closes the list alone, and it stays closed for this name", async () => {
  const { user, text, offered, onEscape } = draw();
  await user.type(text, "@a");
  await offered();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("listbox")).toBeNull());
  expect(onEscape).not.toHaveBeenCalled();
  await user.keyboard("d{Enter}x");
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(text).toHaveValue("@ad\nx");
  await user.keyboard(" @a");
  await offered();
  fireEvent.blur(text);
  await waitFor(() => expect(screen.queryByRole("listbox")).toBeNull());
});
