import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { IntlProvider } from "use-intl";
import { beforeEach, expect, test, vi } from "vitest";
import { messages } from "@/i18n/messages";
import { useRecordFrame } from "./frame-context";
import { type FrameTab, RecordFrame } from "./record-frame";

// The first drawing in jsdom takes its time on a machine that does other things, too.
vi.setConfig({ testTimeout: 60_000 });
let isDesk = true;

beforeEach(() => {
  isDesk = true;
  vi.stubGlobal("matchMedia", () => ({
    get matches() {
      return isDesk;
    },
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});

function Composer() {
  const { wish } = useRecordFrame();
  return <p>{`timeline ${wish?.what ?? "at rest"}`}</p>;
}

function NoteButton() {
  const { openSection } = useRecordFrame();
  return (
    <button type="button" onClick={() => openSection("timeline", "note")}>
      Note
    </button>
  );
}

function Frame({ variant }: { variant: "page" | "panel" }) {
  const [tab, setTab] = useState<FrameTab | null>(null);
  return (
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <RecordFrame
        variant={variant}
        tab={tab}
        onTabChange={setTab}
        properties={<p>properties</p>}
        sections={[
          { name: "timeline", content: <Composer /> },
          { name: "files", content: <p>files</p> },
        ]}
      >
        <NoteButton />
      </RecordFrame>
    </IntlProvider>
  );
}

function selected(): string | null {
  return screen.getByRole("tab", { selected: true }).textContent;
}

test("on a desk the first section is open beside the properties", () => {
  render(<Frame variant="page" />);
  expect(selected()).toBe("Timeline");
  expect(screen.getByText("properties")).toBeVisible();
  expect(screen.queryByText("files")).toBeNull();
});

test("in one column the properties come first, and a section takes their place", async () => {
  isDesk = false;
  render(<Frame variant="page" />);
  expect(selected()).toBe("Details");
  expect(screen.queryByText("timeline at rest")).toBeNull();
  await userEvent.click(screen.getByRole("tab", { name: "Files" }));
  expect(screen.getByText("files")).toBeVisible();
  expect(screen.getByText("properties").parentElement).toHaveClass("max-lg:hidden");
});

test("the panel has one column on a desk, too", () => {
  render(<Frame variant="panel" />);
  expect(selected()).toBe("Details");
});

test("an action opens a section with something in it", async () => {
  render(<Frame variant="panel" />);
  await userEvent.click(screen.getByRole("button", { name: "Note" }));
  expect(selected()).toBe("Timeline");
  expect(screen.getByText("timeline note")).toBeVisible();
});
