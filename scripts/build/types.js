'use strict';
// Removes declarations that no entry leads to: nobody can import them, and they would be a tenth of the package.
const { existsSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { dirname, join } = require('node:path');

/** Relative paths that a declaration imports, exports from, or names in `import('…')`. */
const RELATIVE = /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

/** Leaves in `folder` only what the declarations of `entries` need; these are paths without an ending. */
function pruneTypes(folder, entries) {
  const reached = new Set();
  const visit = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(RELATIVE)) {
      const target = join(dirname(file), path.replace(/\.js$/, ''));
      const found = [`${target}.d.ts`, join(target, 'index.d.ts')].find((each) => existsSync(each));
      if (found === undefined) throw new Error(`${file} names ${path}, which has no declarations`);
      visit(found);
    }
  };
  for (const name of entries) for (const ending of ['.d.ts', '.d.mts']) visit(join(folder, name + ending));
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of all) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !reached.has(path)) rmSync(path);
  }
}

module.exports = { pruneTypes };
