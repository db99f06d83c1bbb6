/** What a translated catalogue must hold, as sentences about what does not. */
import { createRequire } from "node:module";

const library = createRequire(import.meta.url).resolve("use-intl");
// The parser of the library that draws the texts: what it takes is valid.
const { IntlMessageFormat } = createRequire(library)("intl-messageformat");

// Kinds of parts, as the parser numbers them.
const LITERAL = 0;
const PLURAL = 6;
const POUND = 7;
const TAG = 8;

/** Texts by their whole key, "customers.trash.title". */
export function flattened(texts, prefix = "") {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === "string" ? [[prefix + key, text]] : flattened(text, `${prefix}${key}.`),
  );
}

/** The source's texts that a catalogue does not have, by key. */
export function missingTexts(source, catalogue) {
  const own = new Map(flattened(catalogue));
  return Object.fromEntries(flattened(source).filter(([key]) => !own.get(key)));
}

/** Every complaint about a language's catalogue; the source is checked against itself. */
export function checkCatalogue(language, catalogue, source) {
  const told = new Map(flattened(source));
  const missing = Object.keys(missingTexts(source, catalogue)).map((key) => `${key} is missing`);
  const wrong = flattened(catalogue).flatMap(([key, text]) => {
    const original = told.get(key);
    if (original === undefined) return [`${key} is not in the source`];
    return text === "" ? [] : checkText(language, text, original).map((what) => `${key} ${what}`);
  });
  return [...missing, ...wrong].map((complaint) => `${language}: ${complaint}`);
}

function checkText(language, text, original) {
  let parts;
  try {
    parts = parse(text, language);
  } catch (error) {
    return [`is no ICU message: ${error.message}`];
  }
  const source = parse(original, "en");
  const wanted = valuesOf(source);
  const found = valuesOf(parts);
  return [
    ...[...wanted].filter((name) => !found.has(name)).map((name) => `lacks {${name}}`),
    ...[...found].filter((name) => !wanted.has(name)).map((name) => `has an unknown {${name}}`),
    ...[...inflected(source)]
      .filter((name) => found.has(name) && !inflected(parts).has(name))
      .map((name) => `has no forms of {${name}}`),
    ...missingForms(parts, language),
  ];
}

function parse(text, language) {
  return new IntlMessageFormat(text, language).getAst();
}

function inner(part) {
  if (part.type === TAG) return [part.children];
  return part.options ? Object.values(part.options).map(({ value }) => value) : [];
}

function valuesOf(parts) {
  const names = parts.flatMap((part) => {
    const own = part.type === LITERAL || part.type === POUND ? [] : [part.value];
    return [...own, ...inner(part).flatMap((branch) => [...valuesOf(branch)])];
  });
  return new Set(names);
}

/** Names of the values whose plural tells forms apart: one, few, … and not `other` alone. */
function inflected(parts) {
  const own = parts.filter(
    ({ type, options }) => type === PLURAL && Object.keys(options).some(isNamedForm),
  );
  const deeper = parts.flatMap(inner).flatMap((branch) => [...inflected(branch)]);
  return new Set([...own.map(({ value }) => value), ...deeper]);
}

function isNamedForm(form) {
  return form !== "other" && !form.startsWith("=");
}

/** A language's own forms: Arabic has six, and a text of two of them is wrong for most numbers. */
function missingForms(parts, language) {
  return parts.flatMap((part) => {
    const deeper = inner(part).flatMap((branch) => missingForms(branch, language));
    if (part.type !== PLURAL || !Object.keys(part.options).some(isNamedForm)) return deeper;
    const type = part.pluralType ?? "cardinal";
    const forms = new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories;
    const exact = { zero: "=0", one: "=1", two: "=2" };
    const missing = forms.filter(
      (form) => !(form in part.options) && !(exact[form] in part.options),
    );
    const own = missing.map((form) => `lacks the form "${form}" of {${part.value}}`);
    return [...own, ...deeper];
  });
}
