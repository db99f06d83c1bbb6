// @vitest-environment node
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { messages } from "@/i18n/messages";
import { icons } from "../../scripts/icon-list.mjs";
import { manifestOf } from "./installed-app";

const root = path.resolve(import.meta.dirname, "../..");
const manifest = manifestOf("en", messages.common);

/** Width and height from the header of a PNG. */
function sizeOf(file: string): [number, number] {
  const bytes = readFileSync(path.join(root, "public", file));
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test("the app can be installed: name, start, display and icons of both required sizes", () => {
  expect(manifest).toMatchObject({
    name: "Dott",
    start_url: "/",
    scope: "/",
    display: "standalone",
  });
  const plain = manifest.icons?.filter(({ purpose }) => purpose === undefined) ?? [];
  expect(plain.map(({ sizes }) => sizes)).toEqual(["any", "192x192", "512x512"]);
});

test("every icon exists and has the size that the manifest says", () => {
  const pictures = (manifest.icons ?? []).filter(({ type }) => type === "image/png");
  expect(pictures).toHaveLength(4);
  for (const { src, sizes } of pictures) {
    expect(`${src} ${sizeOf(src).join("x")}`).toBe(`${src} ${sizes}`);
  }
  expect(existsSync(path.join(root, "src/app/icon.svg"))).toBe(true);
});

test.each(icons)("$file is drawn in its size", ({ file, size }) => {
  expect(sizeOf(file)).toEqual([size, size]);
});

test("shortcuts name no business", () => {
  expect(manifest.shortcuts?.map(({ url }) => url)).toEqual([
    "/go/customers?new=1",
    "/go/tasks",
    "/go/customers#search",
  ]);
});

test("it is written in the language and from the side that it says", () => {
  expect(manifestOf("ar", messages.common)).toMatchObject({ lang: "ar", dir: "rtl" });
});
