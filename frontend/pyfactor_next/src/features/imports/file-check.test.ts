import { expect, it } from "vitest";
import { MAX_FILE_BYTES, problemOfFiles, sizeOf } from "./file-check";

function file(name: string, size: number): File {
  const made = new File(["x"], name);
  Object.defineProperty(made, "size", { value: size });
  return made;
}

it.each([
  ["customers.csv", 10, undefined],
  ["Kunden.TSV", 10, undefined],
  ["contacts.VCF", 10, undefined],
  ["customers.xlsx", MAX_FILE_BYTES, undefined],
  ["customers.csv", 0, "empty"],
  ["customers.csv", MAX_FILE_BYTES + 1, "tooLarge"],
  ["customers.xls", 10, "oldExcel"],
  ["photo.png", 10, "kind"],
  ["noname", 10, "kind"],
])("judges %s of %d bytes as %s", (name, size, problem) => {
  expect(problemOfFiles([file(name, size)])).toBe(problem);
});

it("takes one file at a time and nothing for nothing", () => {
  expect(problemOfFiles([file("a.csv", 1), file("b.csv", 1)])).toBe("several");
  expect(problemOfFiles([])).toBeUndefined();
});

it.each([
  [900, { value: 900, unit: "byte" }],
  [13_500, { value: 13, unit: "kilobyte" }],
  [MAX_FILE_BYTES, { value: 100, unit: "megabyte" }],
  [1_600_000, { value: 1.5, unit: "megabyte" }],
])("says %d bytes in the unit that reads well", (bytes, size) => {
  expect(sizeOf(bytes)).toEqual(size);
});
