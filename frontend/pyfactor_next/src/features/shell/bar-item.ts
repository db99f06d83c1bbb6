/** One fifth of a phone's bottom bar. */
export const barItem =
  "flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-2xs font-medium";
