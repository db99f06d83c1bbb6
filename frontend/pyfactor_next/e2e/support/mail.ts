import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

const POLL_MS = 100;
const PATIENCE_MS = 15_000;

function folder(): string {
  const value = process.env["DOTT_MAIL_DIR"];
  if (!value) throw new Error("DOTT_MAIL_DIR must name the folder where Dott writes its mail");
  return value;
}

/**
 * The code in the newest mail to an address, e.g. "FMHL-DTHF". Waits until there is one; `since`
 * (ms) leaves out earlier mails. The codes stand in the subject.
 */
export async function codeFor(address: string, since = 0): Promise<string> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const code = await newestCode(address, since);
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`No mail with a code came to ${address}`);
}

async function newestCode(address: string, since: number): Promise<string | undefined> {
  const found: { at: number; code: string }[] = [];
  for (const name of await readdir(folder())) {
    const file = path.join(folder(), name);
    const { mtimeMs } = await stat(file);
    if (mtimeMs < since) continue;
    const text = await readFile(file, "utf8");
    if (!text.includes(`To: ${address}`)) continue;
    const code = /^Subject: ([A-Z0-9]+(?:-[A-Z0-9]+)+)/m.exec(text)?.[1];
    if (code) found.push({ at: mtimeMs, code });
  }
  return found.sort((a, b) => b.at - a.at)[0]?.code;
}
