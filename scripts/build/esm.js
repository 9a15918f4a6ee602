'use strict';
// The ESM entries: thin files over the CommonJS build, so that no class exists twice in a process.

const VITEST = `// Vitest can only be imported, and its \`expect\` need not be a global.
import { expect } from 'vitest';
import { matchers } from './testing-index.js';
expect.extend(matchers);
`;

/** The ESM file over an entry and its declarations, by what it exports; each export is named, as CommonJS has it. */
function esmEntry(name, chunk, exported) {
  const file = name.slice(name.lastIndexOf('/') + 1);
  if (name === 'testing/vitest') return { code: VITEST, types: `import './${file}.js';\n` };
  if (exported.length === 0) return { code: `import './${chunk}.js';\n`, types: `import './${file}.js';\n` };
  if (!exported.includes('default'))
    return {
      code: `export { ${exported.join(', ')} } from './${chunk}.js';\n`,
      types: `export * from './${file}.js';\n`,
    };
  return {
    code: `import commonjs from './${chunk}.js';\nexport default commonjs.default;\n`,
    types:
      `import commonjs from './${file}.js';\nexport * from './${file}.js';\n` +
      'declare const it: typeof commonjs.default;\nexport default it;\n',
  };
}

module.exports = { esmEntry };
