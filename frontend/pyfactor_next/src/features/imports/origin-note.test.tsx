import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { IntlProvider } from "use-intl";
import { expect, it, vi } from "vitest";
import { messages } from "@/i18n/messages";
import { OriginNote } from "./origin-note";
import { job } from "./testing";
import type { ImportJob } from "./types";

const like = { id: "7", file_name: "spring.csv", applied_at: "2026-11-20T10:00:00Z" };

function show(rest: Partial<ImportJob>, isFixed = false) {
  const forget = vi.fn();
  render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <OriginNote job={job(rest)} isFixed={isFixed} isForgetting={false} onForget={forget} />
    </IntlProvider>,
  );
  return forget;
}

it("says nothing of a file that is like none before", () => {
  show({});
  expect(screen.queryByRole("region")).toBeNull();
});

it.each([
  ["pipedrive", "Recognised as a Pipedrive export."],
  ["google_contacts", "Recognised as a Google Contacts export."],
  ["vcard", "Read from vCards, one row for each card."],
] as const)("names %s", (layout, text) => {
  show({ layout });
  expect(screen.getByRole("region")).toHaveTextContent(text);
  expect(screen.queryByRole("button")).toBeNull();
});

it("names the import whose choices were taken over, and forgets them when asked", async () => {
  const forget = show({ mapped_like: like });
  expect(screen.getByText(/choices of spring.csv, applied on Nov 20, 2026/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Forget and match anew" }));
  expect(forget).toHaveBeenCalledOnce();
});

it("offers a viewer nothing to forget", () => {
  show({ mapped_like: like }, true);
  expect(screen.queryByRole("button")).toBeNull();
});
