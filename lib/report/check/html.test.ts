import { createHash } from 'node:crypto';
import { ManifestSet } from '../../manifest/set';
import type { Finding } from '../../check/finding';
import { createColors } from 'picocolors';
import { CHECK_FORMATS } from './formats';

const HOSTILE = '</script><img src=x onerror=alert(1)>\u202e"\'&';

const set = ManifestSet.parse(`
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { note: "</script><script>alert(1)</script>\\u202e" }
---
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: shop }
stringData: { password: correct-horse-battery }
`);

function finding(message: string, path = 'data'): Finding {
  const id = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings' };
  return { rule: 'wiring/example', severity: 'error', id, path, message };
}

function pageOf(findings: readonly Finding[], manifests = set.manifests): string {
  const print = CHECK_FORMATS.find(({ name }) => name === 'html')?.print;
  const report = {
    version: '0.1.0',
    parts: [{ manifests, findings }],
    rules: [],
    failOn: 'error' as const,
    fallback: 'cdk8s.yaml',
  };
  return print?.(report, { paint: createColors(false), lines: () => undefined }) ?? '';
}

test('the verdict, each finding and each object are words of the page, without a script', () => {
  const html = pageOf([finding('key is missing')]);
  expect(html).toContain('Failed</span> 1 error in 2 objects</h1>');
  expect(html).toContain('key is missing');
  expect(html).toContain('id="object=ConfigMap/shop/settings"');
  expect(html).toContain('href="#object=ConfigMap/shop/settings"');
  expect(html).not.toMatch(/<section[^>]* hidden/);
});

test('the policy allows the one script and the one style by their hashes, and no host', () => {
  const html = pageOf([]);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  for (const element of ['script', 'style']) {
    const texts = [...html.matchAll(new RegExp(`<${element}>([^]*?)</${element}>`, 'g'))];
    expect(texts).toHaveLength(1);
    const hash = createHash('sha256')
      .update(texts[0]?.[1] ?? '')
      .digest('base64');
    expect(policy).toContain(`${element}-src 'sha256-${hash}'`);
  }
  expect(policy).toContain("default-src 'none'");
  expect(html).not.toMatch(/https?:|\bon[a-z]+="|style="/);
});

test('hostile texts stay text, in findings, paths and manifests', () => {
  const html = pageOf([finding(HOSTILE, HOSTILE)]);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).not.toContain('<img');
  expect(html).not.toContain('\u202e');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;\\u202e');
});

test('no secret of an object is in the page, whether something was found or not', () => {
  expect(pageOf([])).not.toContain('correct-horse-battery');
  expect(pageOf([finding('Invalid value: "correct-horse-battery"')])).not.toContain('correct-horse-battery');
});

test('an empty set is a page that says so', () => {
  const html = pageOf([], []);
  expect(html).toContain('No findings in 0 objects');
  expect(html).toContain('There are no objects.');
});

test('300 objects take less than a megabyte', () => {
  const objects = Array.from({ length: 300 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `settings-${index}`, namespace: 'shop', labels: { app: 'shop', part: `${index}` } },
    data: Object.fromEntries(
      Array.from({ length: 30 }, (_, key) => [`KEY_${key}`, `a value of the shop ${key}`]),
    ),
  }));
  expect(pageOf([], ManifestSet.of(objects).manifests).length).toBeLessThan(1_000_000);
});
