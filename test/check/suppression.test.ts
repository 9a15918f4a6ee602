import type { CheckOptions } from '../../lib/check/options';
import { check } from '../../lib/check/check';
import { defineRule } from '../../lib/check/rule';
import type { Manifest, Suppression } from '../../lib/manifest/manifest';
import { identify } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';

/** Finds every value "bad". */
const bad = defineRule({
  name: 'bad',
  severity: 'error',
  about: 'Finds bad values.',
  why: 'To have something to suppress.',
  example: { failing: '', passing: '' },
  run: ({ set }, report) => {
    for (const manifest of set) {
      const { data } = manifest.object as { data?: Record<string, string> };
      for (const [key, value] of Object.entries(data ?? {}))
        if (value === 'bad') report(manifest, `data.${key}`, 'is bad');
    }
  },
});

interface Parts {
  readonly name?: string;
  readonly data?: Record<string, string>;
  readonly annotation?: string;
  readonly environment?: string;
  readonly suppressions?: readonly Suppression[];
}

function configMap(parts: Parts = {}): Manifest {
  const { name = 'settings', data = { a: 'bad' }, annotation, environment, suppressions } = parts;
  const annotations =
    annotation === undefined ? {} : { annotations: { 'seaworthy.dev/suppress': annotation } };
  const metadata = { name, namespace: 'shop', ...annotations };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
  const origin = { source: 'main.ts:1', ...(environment !== undefined && { environment }) };
  return { object, id: identify(object), origin, ...(suppressions !== undefined && { suppressions }) };
}

const because: Suppression = {
  rule: 'custom/bad',
  reason: 'because the vendor says so',
  construct: 'shop/settings',
  source: 'main.ts:7',
};

const assume = ManifestSet.of([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }]);

function found(manifests: readonly Manifest[], options: CheckOptions = {}): string[] {
  const findings = check(ManifestSet.from(manifests), { rules: [bad], assume, ...options });
  return findings.map(({ rule, id, path, origin }) => `${rule} ${id.name} ${path} at ${origin?.source}`);
}

test('what is suppressed for an object is not found there, and found elsewhere', () => {
  const manifests = [configMap({ suppressions: [because] }), configMap({ name: 'other' })];
  expect(found(manifests)).toEqual(['custom/bad other data.a at main.ts:1']);
});

test('a suppression that suppresses nothing is found once, where it was said', () => {
  const parts: Parts = { data: { a: 'good' }, suppressions: [because] };
  const findings = check(ManifestSet.from([configMap(parts), configMap({ ...parts, name: 'other' })]), {
    rules: [bad],
    assume,
  });
  expect(findings).toEqual([
    {
      rule: 'suppression/unused',
      severity: 'warning',
      id: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings' },
      path: '',
      message: 'suppresses custom/bad ("because the vendor says so"), which finds nothing to suppress',
      hint: 'Remove the suppression.',
      origin: { source: 'main.ts:7', construct: 'shop/settings' },
    },
  ]);
});

test('one that suppresses something for one object of its construct is used', () => {
  const suppressions = [because];
  expect(found([configMap({ suppressions }), configMap({ name: 'b', data: {}, suppressions })])).toEqual([]);
});

test('one that is used in one environment is used', () => {
  const suppressions = [because];
  const manifests = [
    configMap({ environment: 'staging', data: {}, suppressions }),
    configMap({ environment: 'production', suppressions }),
  ];
  expect(found(manifests)).toEqual([]);
});

test('whether a rule that does not run would find anything is not known', () => {
  const options = { rules: [{ ...bad, strict: true }] };
  const manifests = [configMap({ data: {}, suppressions: [because] })];
  expect(found(manifests, options)).toEqual([]);
  expect(found(manifests, { ...options, preset: 'strict' })).toHaveLength(1);
  expect(found(manifests, { severities: { 'custom/bad': 'off' } })).toEqual([]);
  expect(found(manifests, { preset: 'none' })).toEqual([]);
});

test('a rule that there is not cannot be suppressed, and the nearest is named', () => {
  const suppressions = [{ ...because, rule: 'custom/bat' }];
  const findings = check(ManifestSet.from([configMap({ suppressions })]), { rules: [bad], assume });
  expect(findings).toMatchObject([
    {
      rule: 'suppression/invalid',
      severity: 'error',
      message: 'suppresses the unknown rule "custom/bat"',
      hint: 'Did you mean custom/bad?',
      origin: { source: 'main.ts:7' },
    },
    { rule: 'custom/bad' },
  ]);
});

test('plain YAML says it in an annotation, a rule a line', () => {
  const annotation = 'custom/bad: because it is old: very old\n\n  admission/invalid: because it is a test\n';
  expect(found([configMap({ annotation })])).toEqual([
    'suppression/unused settings metadata.annotations[seaworthy.dev/suppress] at main.ts:1',
  ]);
});

test.each(['custom/bad', 'custom/bad:', 'custom/bad:  '])(
  'an annotation without a reason suppresses nothing: %j',
  (annotation) => {
    expect(found([configMap({ annotation })])).toEqual([
      'custom/bad settings data.a at main.ts:1',
      'suppression/invalid settings metadata.annotations[seaworthy.dev/suppress] at main.ts:1',
    ]);
  },
);

test('an error of admission cannot be suppressed', () => {
  const suppressions = [{ ...because, rule: 'admission/invalid' }];
  const findings = check(ManifestSet.from([configMap({ name: 'Bad', data: {}, suppressions })]), { assume });
  expect(findings).toMatchObject([
    { rule: 'suppression/unused', hint: 'Remove it. Errors of admission cannot be suppressed.' },
    { rule: 'admission/invalid' },
  ]);
});

test('a suppression is no part of what is written', () => {
  expect(ManifestSet.from([configMap({ suppressions: [because] })]).toYaml()).not.toContain('because');
});
