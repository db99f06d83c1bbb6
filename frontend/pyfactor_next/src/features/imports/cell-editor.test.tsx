import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { IntlProvider } from "use-intl";
import { expect, it } from "vitest";
import { messages } from "@/i18n/messages";
import { CellEditor } from "./cell-editor";
import { column, row } from "./testing";
import type { ImportRow } from "./types";

const columns = [column(0, "Id"), column(1, "Street"), column(2, "City")];
const ragged = row({
  action: "error",
  cells: ["BLONP", "24", " place Kléber", "Strasbourg"],
  suggested_cells: ["BLONP", "24, place Kléber", "Strasbourg"],
  errors: [{ column: null, field: null, code: "too_many_cells", detail: "4 for 3" }],
});

function Editor({ of, isReadOnly = false }: { of: ImportRow; isReadOnly?: boolean }) {
  const [cells, setCells] = useState(of.cells);
  return (
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <CellEditor
        row={of}
        columns={columns}
        separator=","
        cells={cells}
        onChange={setCells}
        isReadOnly={isReadOnly}
      />
    </IntlProvider>
  );
}

const texts = (): string[] =>
  screen.getAllByRole<HTMLInputElement>("textbox").map((input) => input.value);

it("shows every raw cell under the column it falls into, the surplus as having none", () => {
  render(<Editor of={ragged} />);
  expect(texts()).toEqual(["BLONP", "24", " place Kléber", "Strasbourg"]);
  expect(screen.getByLabelText("Cell 3, City")).toHaveValue(" place Kléber");
  expect(screen.getByLabelText("Cell 4, Without a column")).toHaveValue("Strasbourg");
  expect(screen.getByRole("status")).toHaveTextContent("One cell too many.");
});

it("joins a cut value again and says that the row fits", async () => {
  render(<Editor of={ragged} />);
  await userEvent.click(screen.getByRole("button", { name: "Join “24, place Kléber”" }));
  expect(texts()).toEqual(["BLONP", "24, place Kléber", "Strasbourg"]);
  expect(screen.getByRole("status")).toHaveTextContent("The number of cells fits now.");
}, 30_000);

it("cuts a row anew cell by cell", async () => {
  render(<Editor of={ragged} />);
  await userEvent.click(screen.getByRole("button", { name: "Change cell 1" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Remove this cell" }));
  expect(texts()).toEqual(["24", " place Kléber", "Strasbourg"]);
}, 30_000);

it("shows the reason at the cell of a row that fits, and offers no new cut", () => {
  const invalid = row({
    action: "error",
    cells: ["1", "Street", "Atlantis"],
    errors: [{ column: 2, field: "billing_country", code: "x", detail: "No such country." }],
  });
  render(<Editor of={invalid} />);
  expect(screen.getByLabelText("Cell 3, City")).toBeInvalid();
  expect(screen.getByText("No such country.")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});

it("only shows the cells once the import is finished", () => {
  render(<Editor of={ragged} isReadOnly />);
  expect(screen.getByLabelText("Cell 1, Id")).toHaveAttribute("readonly");
  expect(screen.queryByRole("button")).toBeNull();
});
