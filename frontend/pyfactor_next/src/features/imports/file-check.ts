/** What the server takes (imports/limits.py); said before anybody waits for an upload. */
export const MAX_FILE_BYTES = 100 * 1024 * 1024;
export const MAX_ROWS = 250_000;
export const ACCEPTED = ".csv,.tsv,.txt,.xlsx,.vcf,.vcard";

export type FileProblem = "empty" | "tooLarge" | "several" | "oldExcel" | "kind";

const kinds = /\.(csv|tsv|tab|txt|xlsx|vcf|vcard)$/i;

/** Refuses at once what the server would refuse after the upload. Content is the server's to judge. */
export function problemOfFiles(files: readonly File[]): FileProblem | undefined {
  const [file, ...more] = files;
  if (!file) return undefined;
  if (more.length > 0) return "several";
  if (/\.xls$/i.test(file.name)) return "oldExcel";
  if (!kinds.test(file.name)) return "kind";
  if (file.size === 0) return "empty";
  return file.size > MAX_FILE_BYTES ? "tooLarge" : undefined;
}

/** Bytes as Intl takes them: 24,306 → 24 kilobyte. Steps of 1,024, as the limit is set. */
export function sizeOf(bytes: number): { value: number; unit: "byte" | "kilobyte" | "megabyte" } {
  if (bytes < 1024) return { value: bytes, unit: "byte" };
  if (bytes < 1024 ** 2) return { value: Math.round(bytes / 1024), unit: "kilobyte" };
  return { value: Math.round((bytes / 1024 ** 2) * 10) / 10, unit: "megabyte" };
}
