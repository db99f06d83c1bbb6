/** Puts beside the standalone server the files that Next leaves out of it. */
import { access, cp } from "node:fs/promises";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const standalone = path.join(root, ".next/standalone");

await access(path.join(standalone, "server.js"));
await cp(path.join(root, ".next/static"), path.join(standalone, ".next/static"), {
  recursive: true,
});
await cp(path.join(root, "public"), path.join(standalone, "public"), { recursive: true });
console.log("Standalone server is complete: .next/standalone/server.js");
