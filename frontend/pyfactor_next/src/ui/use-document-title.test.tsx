import { render, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { useDocumentTitle } from "./use-document-title";

function Named({ title }: { title: string | undefined }) {
  useDocumentTitle(title);
  return null;
}

test("the title follows what is shown and outlasts the router's own", async () => {
  document.title = "Customer";
  const { rerender, unmount } = render(<Named title={undefined} />);
  expect(document.title).toBe("Customer");
  rerender(<Named title="Nina Berg" />);
  expect(document.title).toBe("Nina Berg");
  document.title = "Customer";
  await waitFor(() => expect(document.title).toBe("Nina Berg"));
  rerender(<Named title="Nina Holm" />);
  expect(document.title).toBe("Nina Holm");
  unmount();
  document.title = "Customers";
  await new Promise((resolve) => setTimeout(resolve));
  expect(document.title).toBe("Customers");
});
