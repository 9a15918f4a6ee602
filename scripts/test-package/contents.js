'use strict';
// Compares the files of the package with the list in test/package/contents.txt.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const LIST = join(__dirname, '..', '..', 'test', 'package', 'contents.txt');

/** The lines of the list, each with the expression that its paths match. */
function patterns() {
  return readFileSync(LIST, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ line, matches: toExpression(line) }));
}

function toExpression(line) {
  const parts = line.split('/').map((part) => {
    if (part === '**') return '(?:(?!\\.)[^/]+/)*';
    const name = part.replace(/[.+]/g, '\\$&').replaceAll('*', '[^/]*');
    return `(?!\\.)${name}/`;
  });
  return new RegExp(`^${parts.join('').slice(0, -1)}$`);
}

/** The files that the list does not have, and its lines that no file matches. */
function compareWithList(files) {
  const listed = patterns();
  return {
    added: files.filter((file) => !listed.some(({ matches }) => matches.test(file))),
    missing: listed
      .filter(({ matches }) => !files.some((file) => matches.test(file)))
      .map(({ line }) => line),
  };
}

module.exports = { compareWithList };
