import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, type Page } from "@playwright/test";

/** How the screens are looked at. */
export interface Way {
  name: string;
  viewport: { width: number; height: number };
  colorScheme: "light" | "dark";
  /** Another language than English; the browser asks for it. */
  language?: string;
}

const DESK = { width: 1280, height: 800 };
export const WAYS: readonly Way[] = [
  { name: "light", viewport: DESK, colorScheme: "light" },
  { name: "dark", viewport: DESK, colorScheme: "dark" },
  { name: "phone", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { name: "arabic", viewport: DESK, colorScheme: "light", language: "ar" },
];

export const folder =
  process.env["DOTT_TOUR_DIR"] ?? path.resolve(import.meta.dirname, "../../test-results/tour");

/** Milliseconds that a part may take to come. One that never does is in the picture as it stands. */
const COMES_WITHIN_MS = 10_000;

export async function shoot(page: Page, name: string, way: Way): Promise<void> {
  const skeletons = page.locator(".motion-safe\\:animate-pulse");
  await expect(skeletons)
    .toHaveCount(0, { timeout: COMES_WITHIN_MS })
    .catch(() => undefined);
  await page.screenshot({
    path: path.join(folder, way.name, `${name}.png`),
    animations: "disabled",
  });
}

/** Writes index.html: a row per screen, a column per way of looking at it. */
export async function bind(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const shots = await Promise.all(
    WAYS.map(async ({ name }) => new Set(await readdir(path.join(folder, name)).catch(() => []))),
  );
  const screens = [...new Set(shots.flatMap((files) => [...files]))].sort();
  const cell = (file: string, place: number): string => {
    const source = `${WAYS[place]?.name}/${file}`;
    const picture = `<a href="${source}"><img loading="lazy" src="${source}" alt=""></a>`;
    return `<td>${shots[place]?.has(file) ? picture : ""}</td>`;
  };
  const rows = screens.map((file) => {
    const cells = WAYS.map((_, place) => cell(file, place));
    return `<tr><th>${file.replace(/\.png$/, "")}</th>${cells.join("")}</tr>`;
  });
  const head = WAYS.map(({ name }) => `<th>${name}</th>`).join("");
  await writeFile(
    path.join(folder, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>Dott, every screen</title>
<style>
body { font: 14px system-ui; margin: 1rem; background: #eee }
th { text-align: start; vertical-align: top; padding: .25rem }
thead th { position: sticky; top: 0; background: #eee }
img { height: 220px; border: 1px solid #ccc; background: #fff }
</style>
<table><thead><tr><th></th>${head}</tr></thead><tbody>${rows.join("\n")}</tbody></table>
`,
  );
}
