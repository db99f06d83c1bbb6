import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { IntlProvider } from "use-intl";
import { expect, it, vi } from "vitest";
import { messages } from "@/i18n/messages";
import { TagChoice } from "./tag-choice";
import { proposedTag } from "./tag-name";
import { job } from "./testing";
import type { ImportChanges } from "./types";

function show(tag_name: string) {
  const onChange = vi.fn<(changes: ImportChanges) => void>();
  render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <TagChoice job={job({ tag_name })} isFixed={false} onChange={onChange} />
    </IntlProvider>,
  );
  return onChange;
}

it("saves another name once, on leaving the field", async () => {
  const onChange = show("import:customers");
  const field = screen.getByRole("textbox", { name: "Name of the tag" });
  await userEvent.clear(field);
  await userEvent.type(field, " Fair ");
  expect(onChange).not.toHaveBeenCalled();
  await userEvent.tab();
  expect(onChange.mock.calls).toEqual([[{ tag_name: "Fair" }]]);
});

it("keeps the name of an emptied field, and is switched off by the box", async () => {
  const onChange = show("import:customers");
  await userEvent.clear(screen.getByRole("textbox"));
  await userEvent.tab();
  expect(onChange).not.toHaveBeenCalled();
  expect(screen.getByRole("textbox")).toHaveValue("import:customers");
  await userEvent.click(screen.getByRole("checkbox"));
  expect(onChange.mock.calls).toEqual([[{ tag_name: "" }]]);
});

it("proposes a name when it is switched on", async () => {
  const onChange = show("");
  expect(screen.queryByRole("textbox")).toBeNull();
  await userEvent.click(screen.getByRole("checkbox"));
  expect(onChange.mock.calls).toEqual([[{ tag_name: "import:customers" }]]);
});

it("fits the limit and keeps a name without an ending", () => {
  expect(proposedTag("a.b.csv")).toBe("import:a.b");
  expect(proposedTag("x".repeat(90))).toHaveLength(50);
  expect(proposedTag(".csv")).toBe("import:.csv");
});
