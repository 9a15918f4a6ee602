// Reads a JSON list of Markdown documents, and prints a JSON list of their HTML. The parser is an ES module, which the
// test runner cannot load.
import { readFileSync } from 'node:fs';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const options = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] };
const documents = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(documents.map((text) => micromark(text, options))));
