/** A link inside a sentence or beside a label. */
export const textLink = "font-medium text-accent-ink underline-offset-4 hover:underline";
