import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../../lib/check/check';
import { ruleFacts } from '../../../lib/check/facts';
import { ManifestSet } from '../../../lib/manifest/set';
import { redactText } from '../../../lib/report/redact/text';
import { Redactor } from '../../../lib/report/redact/findings';

const RULES = join(__dirname, '..', '..', '..', 'lib', 'check', 'rules');
const files = (readdirSync(RULES, { recursive: true }) as string[]).filter((file) => file.endsWith('.yaml'));

test.each(files)('what check says of %s has nothing to hide', (file) => {
  const set = ManifestSet.parse(readFileSync(join(RULES, file), 'utf8'), { source: file });
  const findings = check(set, { preset: 'strict' });
  const redactor = new Redactor([...set]);
  expect(findings.map((finding) => redactor.finding(finding))).toEqual(findings);
});

test('what a rule says of itself has nothing to hide', () => {
  for (const { about, why } of ruleFacts())
    for (const text of [about, why]) expect(redactText(text)).toBe(text);
});
