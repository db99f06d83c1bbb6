import { render } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { ExportReceipts } from "./receipts";

const { awaitExport } = vi.hoisted(() => ({
  awaitExport: vi.fn(() => Promise.resolve(undefined)),
}));
vi.mock("./await-export", () => ({ awaitExport }));
vi.mock("./texts", () => ({ useExportTexts: () => vi.fn() }));

function clicked(href: string): string {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  document.body.append(link);
  link.addEventListener("click", (event) => event.preventDefault());
  link.click();
  link.remove();
  return link.href;
}

it("gives every export a name of its own that it is looked up by, and leaves other files alone", async () => {
  render(<ExportReceipts />);
  const address = new URL(clicked("/api/crm/deals/export/?q=oven&file=xlsx"));
  const receipt = address.searchParams.get("receipt");
  expect(receipt).toMatch(/^[0-9a-f-]{36}$/);
  expect(address.searchParams.get("q")).toBe("oven");
  await vi.waitFor(() => expect(awaitExport).toHaveBeenCalledWith(receipt, expect.anything()));
  const again = new URL(clicked(address.href)).searchParams.get("receipt");
  expect(again).not.toBe(receipt);
  expect(clicked("/api/crm/imports/7/errors/")).not.toContain("receipt");
});
