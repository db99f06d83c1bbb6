/** Makes the standalone server complete: files that Next leaves out of it come, links that lead nowhere go. */
import { access, cp, readdir, rm } from "node:fs/promises";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const standalone = path.join(root, ".next/standalone");

await access(path.join(standalone, "server.js"));
await cp(path.join(root, ".next/static"), path.join(standalone, ".next/static"), {
  recursive: true,
});
await cp(path.join(root, "public"), path.join(standalone, "public"), { recursive: true });

// Packages kept out of the trace (next.config.ts) leave pnpm's links to them behind.
const entries = await readdir(standalone, { recursive: true, withFileTypes: true });
for (const entry of entries.filter((one) => one.isSymbolicLink())) {
  const link = path.join(entry.parentPath ?? entry.path, entry.name);
  await access(link).catch(() => rm(link));
}
console.log("Standalone server is complete: .next/standalone/server.js");
