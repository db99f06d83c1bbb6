import { expect, test } from "vitest";
import { allOf, formatConditions, parseConditions, partsOf } from "./conditions";

const LINKS = [
  '{"__proto__":{"isOwner":true},"field":"stage","op":"is","value":"lead"}',
  '{"constructor":{"prototype":{"isOwner":true}},"field":"stage","op":"is","value":"lead"}',
  '{"and":[{"field":"__proto__","op":"is","value":{"__proto__":{"isOwner":true}}}]}',
  '{"and":[{"field":"stage","op":"is","value":"lead"}],"__proto__":{"isOwner":true}}',
];

// ASVS 15.3.6
test.each(LINKS)("a link somebody sent gives nothing to every object: %s", (link) => {
  const node = parseConditions(link);
  expect(formatConditions(allOf([...partsOf(node), ...partsOf(node)]))).not.toBe("");
  expect(({} as Record<string, unknown>)["isOwner"]).toBeUndefined();
  expect(Object.hasOwn(Object.prototype, "isOwner")).toBe(false);
});
