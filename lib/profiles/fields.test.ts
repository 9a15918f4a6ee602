import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LIB = join(__dirname, '..');
const fields = [
  ...(/interface ClusterProfile \{([^]*?)\n\}/
    .exec(readFileSync(join(__dirname, 'cluster-profile.ts'), 'utf8'))?.[1]
    ?.matchAll(/^ {2}readonly (\w+)\?:/gm) ?? []),
].map(([, name = '']) => name);

/** What declares fields and checks their form is no reader of them. */
const DECLARES =
  /^profiles\/(?:cluster-profile|clouds)|^constructs\/core\/(?:profile-shape|environment)|\.test\.ts$/;
const code = (readdirSync(LIB, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts') && !DECLARES.test(file.replaceAll('\\', '/')))
  .map((file) => readFileSync(join(LIB, file), 'utf8'))
  .join('\n');

/** The names that are read off a profile, by a dot or by taking it apart. */
const read = new Set([
  ...[...code.matchAll(/\bprofile\??\.(\w+)/g)].map(([, name = '']) => name),
  ...[
    ...code.matchAll(
      /\{([^{}]*)\}(?:\s*:\s*(?:ClusterProfile|SoftwareOfCluster|Classes)|\s*=[^;=>]*\bprofile\b)/g,
    ),
  ].flatMap(([, names = '']) => names.split(',').map((each) => /^\s*(\w+)/.exec(each)?.[1] ?? '')),
]);

test('each field of a profile is read by something', () => {
  expect(fields).toContain('provider');
  // Environment reads its release for all, and placeOf these two by name.
  const others = ['kubernetes', 'ingress', 'monitoring'];
  expect(fields.filter((field) => !read.has(field) && !others.includes(field))).toEqual([]);
});
