/**
 * Draws public/icon-*.png from src/app/icon.svg with the Chromium of the end-to-end tests. Run it
 * after a change of the mark: `pnpm icons`.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { icons } from "./icon-list.mjs";

const root = path.resolve(import.meta.dirname, "..");
const svg = readFileSync(path.join(root, "src/app/icon.svg"), "utf8");
const SYSTEM_CHROMIUM = "/usr/bin/chromium";

/** Systems cut a shape of their own out of these: colour to the edges, the mark well inside. */
function wholeSquare(text) {
  const [, box] = /viewBox="0 0 (\d+) \d+"/.exec(text);
  const middle = Number(box) / 2;
  return text
    .replace(/ rx="\d+"/, "")
    .replace(
      "<path",
      `<g transform="translate(${middle} ${middle}) scale(.78) translate(-${middle} -${middle})"><path`,
    )
    .replace("</svg>", "</g></svg>");
}

const browser = await chromium.launch({
  ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
  args: ["--no-sandbox", "--disable-gpu"],
});
for (const { file, size, isWhole } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const picture = isWhole ? wholeSquare(svg) : svg;
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${picture}`,
  );
  await page.screenshot({ path: path.join(root, "public", file), omitBackground: true });
  await page.close();
  console.log(`public/${file}`);
}
await browser.close();
