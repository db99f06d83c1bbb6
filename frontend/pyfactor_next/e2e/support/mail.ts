import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

const POLL_MS = 100;
const PATIENCE_MS = 30_000;

function folder(): string {
  const value = process.env["DOTT_MAIL_DIR"];
  if (!value) throw new Error("DOTT_MAIL_DIR must name the folder where Dott writes its mail");
  return value;
}

/**
 * The code in the newest mail to an address, e.g. "FMHL-DTHF". Waits until there is one; `since`
 * (ms) leaves out earlier mails. The codes stand in the subject.
 */
export function codeFor(address: string, since = 0): Promise<string> {
  return found(address, since, /^Subject: ([A-Z0-9]+(?:-[A-Z0-9]+)+)/m);
}

/** The link of the newest invitation mailed to an address, below the site's origin. */
export function invitationFor(address: string, since = 0): Promise<string> {
  return found(address, since, /(\/invitation#[\w-]{43})$/m);
}

/** What the pattern's group finds in the newest mail to an address; waits until there is one. */
async function found(address: string, since: number, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const text = await newest(address, since, pattern);
    if (text) return text;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`No mail with ${String(pattern)} came to ${address}`);
}

async function newest(
  address: string,
  since: number,
  pattern: RegExp,
): Promise<string | undefined> {
  const matches: { at: number; text: string }[] = [];
  for (const name of await readdir(folder())) {
    const file = path.join(folder(), name);
    const { mtimeMs } = await stat(file);
    if (mtimeMs < since) continue;
    const mail = await readFile(file, "utf8");
    if (!mail.includes(`To: ${address}`)) continue;
    const text = pattern.exec(mail)?.[1];
    if (text) matches.push({ at: mtimeMs, text });
  }
  return matches.sort((a, b) => b.at - a.at)[0]?.text;
}
