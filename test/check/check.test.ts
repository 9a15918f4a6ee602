import { check } from '../../lib/check/check';
import type { CheckOptions } from '../../lib/check/options';
import { defineRule } from '../../lib/check/rule';
import type { Rule } from '../../lib/check/rule';
import type { Manifest } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';

function configMap(name: string, environment?: string, data: unknown = {}): Manifest {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data };
  const origin =
    environment === undefined ? {} : { origin: { environment, source: `main.ts:${name.length}` } };
  return { object, id: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name }, ...origin };
}

const EXAMPLE = { failing: '', passing: '' };

/** A rule that says something about every object. */
const noisy = defineRule({
  name: 'noisy',
  severity: 'warning',
  about: 'Finds everything.',
  why: 'To see it.',
  example: EXAMPLE,
  run: ({ set }, report) => {
    for (const manifest of set) report(manifest, 'data', 'it is here', 'Take it away.');
  },
});

function found(manifests: readonly Manifest[], options: CheckOptions = {}): string[] {
  const findings = check(ManifestSet.from(manifests), { preset: 'none', ...options });
  return findings.map(({ rule, severity, id, path }) => `${severity} ${rule} ${id.name} ${path}`);
}

describe('check', () => {
  it('says what the API server would refuse, with the place in the code', () => {
    const [finding, ...more] = check(ManifestSet.from([configMap('Bad', 'production')]), { preset: 'none' });
    expect(finding).toMatchObject({
      rule: 'admission/invalid',
      severity: 'error',
      path: 'metadata.name',
      origin: { environment: 'production', source: 'main.ts:3' },
    });
    expect(more).toEqual([]);
  });

  it('judges each environment for the release of its cluster', () => {
    const apiVersion = 'flowcontrol.apiserver.k8s.io/v1beta3'; // gone in 1.32
    const object = { apiVersion, kind: 'FlowSchema', metadata: { name: 'a' } };
    const id = { apiVersion, kind: object.kind, name: 'a' };
    const manifests = ['old', 'new'].map((environment) => ({ object, id, origin: { environment } }));
    const clusters = new Map([
      ['old', { kubernetes: '1.31' }],
      ['new', { kubernetes: '1.36' }],
    ]);
    const set = ManifestSet.from(manifests, clusters);
    const unserved = (options: CheckOptions) =>
      check(set, options)
        .filter(({ rule }) => rule === 'admission/unserved-kind')
        .map(({ origin }) => origin?.environment);
    expect(unserved({})).toEqual(['new']);
    expect(unserved({ kubernetes: '1.33' })).toEqual(['new', 'old']);
  });

  it('gives the findings by environment, object, field and rule, and each once', () => {
    const twice: Rule = {
      ...noisy,
      name: 'custom/twice',
      run: ({ set }, report) => {
        for (const manifest of [...set, ...set].reverse()) {
          report(manifest, 'b', 'said again');
          report(manifest, 'a', 'said again');
        }
      },
    };
    const manifests = [configMap('z', 'staging'), configMap('y', 'production'), configMap('x', 'production')];
    expect(
      found(manifests, { preset: 'recommended', rules: [twice, noisy] }).filter((line) =>
        /custom/.test(line),
      ),
    ).toEqual([
      'warning custom/twice y a',
      'warning custom/twice y b',
      'warning custom/noisy y data',
      'warning custom/twice x a',
      'warning custom/twice x b',
      'warning custom/noisy x data',
      'warning custom/twice z a',
      'warning custom/twice z b',
      'warning custom/noisy z data',
    ]);
  });

  it('runs what the preset says, and what is named', () => {
    const strict: Rule = { ...noisy, name: 'custom/strict', strict: true };
    const names = (options: CheckOptions) =>
      found([configMap('a')], { rules: [noisy, strict], ...options })
        .map((line) => line.split(' ')[1])
        .filter((name) => name?.startsWith('custom/'));
    // Who gives a rule wants it to run, whatever the preset says of ours.
    expect(names({ preset: 'none' })).toEqual(['custom/noisy']);
    expect(names({ preset: 'recommended' })).toEqual(['custom/noisy']);
    expect(names({ preset: 'strict' })).toEqual(['custom/noisy', 'custom/strict']);
    const named = { 'custom/noisy': 'off', 'custom/strict': 'info' } as const;
    expect(names({ preset: 'none', severities: named })).toEqual(['custom/strict']);
  });

  it('gives findings another severity, or none, by environment before all', () => {
    const manifests = [configMap('a', 'production'), configMap('b', 'staging')];
    const severities = { 'custom/noisy': 'error' } as const;
    const environments = { staging: { severities: { 'custom/noisy': 'off' } } } as const;
    expect(found(manifests, { rules: [noisy], severities, environments })).toEqual([
      'error custom/noisy a data',
    ]);
    expect(found([configMap('Bad')], { severities: { 'admission/invalid': 'info' } })).toEqual([
      'info admission/invalid Bad metadata.name',
    ]);
  });

  it('refuses a severity for a rule that there is not, and says which comes near', () => {
    const severities = { noisy: 'off', 'custom/nosiy': 'off', other: 'off' } as const;
    expect(() => check(ManifestSet.from([]), { rules: [noisy], severities })).toThrow(
      [
        '3 problems:',
        'unknown rule "noisy" [UNKNOWN_RULE]\n  Did you mean custom/noisy?',
        'unknown rule "custom/nosiy" [UNKNOWN_RULE]\n  Did you mean custom/noisy?',
        'unknown rule "other" [UNKNOWN_RULE]\n  See docs/reference/rules.md for all rules.',
      ].join('\n'),
    );
  });
});
