import { readdirSync } from "node:fs";
import path from "node:path";

/** The demo business has no import; imports.spec.ts and the tour make one and walk through it. */
const WALKED = ["/{slug}/imports/{import}"];
const APP = path.resolve(import.meta.dirname, "../src/app");

/** Every page that src/app has, as "/{slug}/deals/{deal}"; those that catch anything left out. */
export function routes(): string[] {
  return readdirSync(APP, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "page.tsx")
    .map((file) => path.dirname(file).split(path.sep))
    .filter((parts) => !parts.some((part) => part.startsWith("[...")))
    .map(addressOf);
}

function addressOf(parts: readonly string[]): string {
  const segments = parts.filter((part) => part !== "." && !part.startsWith("("));
  const named = segments.map((part, place) => {
    if (part === "[business]") return "{slug}";
    // The record's kind is the list that it stands in: deals/[id] is a {deal}.
    return part.startsWith("[") ? `{${segments[place - 1]?.replace(/s$/, "")}}` : part;
  });
  return `/${named.join("/")}`;
}

/** Looks at the routes that none of these looks at. */
export function unlisted(looks: readonly { path: string }[]): { name: string; path: string }[] {
  const listed = new Set([...WALKED, ...looks.map((look) => look.path.replace(/[?#].*/, ""))]);
  return routes()
    .filter((route) => !listed.has(route))
    .map((route) => ({
      name: route.replace(/[^a-z]+/g, "-").replace(/^-|-$/g, "") || "start",
      path: route,
    }));
}
