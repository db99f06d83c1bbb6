/** Characters of a tag's name, as the server counts them. */
export const TAG_MAX_LENGTH = 50;

const PREFIX = "import:";

/** A tag named for the file, where one was not wanted at first. */
export function proposedTag(fileName: string): string {
  const stem = fileName.replace(/(?<=.)\.[^.]*$/, "");
  return `${PREFIX}${stem}`.slice(0, TAG_MAX_LENGTH).trim();
}
