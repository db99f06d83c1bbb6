/** A value that turns into its editor when clicked. */
export const valueStyle =
  "flex min-h-8 w-full min-w-0 items-center rounded-md px-2 py-1 text-start text-sm hover:bg-hover focus-visible:-outline-offset-2";
