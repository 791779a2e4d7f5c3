// Reads PDFs with pdf.js: pdfjs.mjs LIBRARY FILE…
// One line of JSON a file, in order: {"warnings": what pdf.js said, "pages": the text of each page}.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

// What it would paint with; nothing is painted here.
globalThis.DOMMatrix = globalThis.Path2D = class {};

let warnings = [];
console.log = console.warn = console.error = (...words) => warnings.push(words.join(" "));

const [library, ...files] = process.argv.slice(2);
const { getDocument, VerbosityLevel } = await import(pathToFileURL(library));

for (const file of files) {
  warnings = [];
  const pages = [];
  try {
    const data = new Uint8Array(await readFile(file));
    const pdf = await getDocument({ data, verbosity: VerbosityLevel.WARNINGS, disableFontFace: true }).promise;
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      await page.getOperatorList();
      const { items } = await page.getTextContent();
      pages.push(items.map((item) => item.str).join(""));
    }
    await pdf.destroy();
  } catch (fault) {
    warnings.push(fault.message);
  }
  process.stdout.write(JSON.stringify({ warnings, pages }) + "\n");
}
