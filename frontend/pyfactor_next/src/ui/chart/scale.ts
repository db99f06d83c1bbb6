const STEPS = [1, 2, 2.5, 5, 10];

/** A round number at or above the largest value, and the lines between it and nothing. */
export function ticks(largest: number, wanted = 4): number[] {
  if (!(largest > 0)) return [0, 1];
  const rough = largest / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((each) => each * power >= rough) ?? 10) * power;
  // Nothing is counted in halves.
  const whole = largest >= 1 && step < 1 ? 1 : step;
  const count = Math.ceil(largest / whole);
  return Array.from({ length: count + 1 }, (_, at) => at * whole);
}
