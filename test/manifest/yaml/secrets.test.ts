import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfigFile } from '../../../lib/cli/project/config-file';
import { SeaworthyError } from '../../../lib/errors';
import { ManifestSet } from '../../../lib/manifest/set';
import { runs } from './runs';

/** Stands for a password, in every place where one may stand. */
const SECRET = 'hunter2';

const PIECES = [
  ...[
    SECRET,
    `"${SECRET}"`,
    `'${SECRET}'`,
    `"${SECRET}`,
    `'${SECRET}`,
    `*${SECRET}`,
    `&${SECRET}`,
    `!${SECRET}`,
  ],
  ...[
    `!!int ${SECRET}`,
    `@${SECRET}`,
    `%${SECRET}`,
    `\`${SECRET}`,
    `\\${SECRET}`,
    `"\\${SECRET}"`,
    `"\\u${SECRET}"`,
  ],
  ...[
    `|${SECRET}`,
    `>${SECRET}`,
    `--- ${SECRET}`,
    `---${SECRET}`,
    `... ${SECRET}`,
    `#${SECRET}`,
    `{${SECRET}`,
  ],
  ...[`password: ${SECRET}`, `password "${SECRET}: y`, `"password": "${SECRET}",`, `<<: ${SECRET}`],
  ...[
    ' ',
    '  ',
    '\n',
    '\n  ',
    '\n    ',
    '\t',
    ': ',
    ':',
    '- ',
    '? ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
    "'",
    '|\n',
    '>\n',
  ],
  ...[
    '---\n',
    '...\n',
    'a',
    'apiVersion: v1',
    'kind: Secret',
    'stringData:',
    '{"a":',
    '}',
    '\u0000',
    '\u0085',
    '1e400',
  ],
  ...[
    'password: a\n',
    '  password: b\n',
    'metadata: {name: a}\n',
    '%TAG ! x\n',
    '%YAML 1.2\n',
    '~: ',
    '!!binary ',
    '*a',
  ],
];

const broken = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));

/** What `read` says about a text that it refuses. */
function refusal(read: () => unknown): string {
  try {
    read();
    return '';
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    return error.message + JSON.stringify(error.problems);
  }
}

it('never says in an error what stands in a manifest', () => {
  let refused = 0;
  fc.assert(
    fc.property(broken, (text) => {
      const said = refusal(() => ManifestSet.parse(text, { source: 'a.yaml' }));
      if (said !== '') refused++;
      expect(said).not.toContain(SECRET);
    }),
    { ...runs, numRuns: runs.numRuns * 2 },
  );
  expect(refused).toBeGreaterThan(runs.numRuns / 2);
});

it('never says in an error what stands in a configuration file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  const file = join(folder, 'cdk8s.yaml');
  try {
    fc.assert(
      fc.property(broken, (text) => {
        writeFileSync(file, text);
        expect(refusal(() => readConfigFile(file).values)).not.toContain(SECRET);
      }),
      runs,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
