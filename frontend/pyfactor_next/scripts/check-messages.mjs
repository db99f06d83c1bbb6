/**
 * Compares every language's catalogue with the English one: the same texts, the same values in
 * them, valid ICU messages, every plural form the language has. Prints what is wrong; the exit
 * code is 1 unless nothing is. `--missing` prints the untranslated texts as JSON, to translate.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkCatalogue, missingTexts } from "./message-rules.mjs";

const root = path.resolve(import.meta.dirname, "../messages");
const SOURCE = "en";

function catalogueOf(language) {
  const folder = path.join(root, language);
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(
    files.map((name) => [
      path.basename(name, ".json"),
      JSON.parse(readFileSync(path.join(folder, name), "utf8")),
    ]),
  );
}

const source = catalogueOf(SOURCE);
const others = readdirSync(root).filter((name) => name !== SOURCE);
if (process.argv.includes("--missing")) {
  const missing = others.map((language) => [language, missingTexts(source, catalogueOf(language))]);
  console.log(JSON.stringify(Object.fromEntries(missing), undefined, 2));
} else {
  const complaints = [SOURCE, ...others].flatMap((language) =>
    checkCatalogue(language, catalogueOf(language), source),
  );
  for (const complaint of complaints) console.log(complaint);
  console.log(`${1 + others.length} languages, ${complaints.length} complaints`);
  process.exitCode = complaints.length > 0 ? 1 : 0;
}
