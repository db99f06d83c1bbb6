type Unit = "byte" | "kilobyte" | "megabyte" | "gigabyte";

/** A size for people, in the unit that keeps it short. */
export function sizeOf(bytes: number): { value: number; unit: Unit } {
  const units: readonly Unit[] = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let [value, step] = [bytes, 0];
  while (value >= 1000 && step < units.length - 1) {
    value /= 1024;
    step += 1;
  }
  return { value: Math.round(value * 10) / 10, unit: units[step] ?? "byte" };
}
