import { placeholderIn } from '../kube/placeholders';
import { ManifestSet } from '../manifest/set';
import { check } from './check';
import { withPlaceholders } from './placeholders';

const deployment = (spec: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: a, namespace: default }
spec:
  ${spec}
  selector: { matchLabels: { app: a } }
  template:
    metadata: { labels: { app: a } }
    spec: { containers: [{ name: a, image: a:1 }] }
`;

const kustomization = (postBuild: string) => `
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: a, namespace: default }
spec: { path: ./, ${postBuild} }
`;

function found(yaml: string) {
  const set = ManifestSet.parse(yaml);
  return withPlaceholders(check(set), set.manifests).filter(({ path }) => path.startsWith('spec.replicas'));
}

it.each([
  ['${COUNT}', '${COUNT}'],
  ['${COUNT:=3}', '${COUNT}'],
  ["'{{ .Values.count }}'", '{{ .Values.count }}'],
  ["'{{ count }}'", '{{ count }}'],
  ['<%= count %>', '<%= count %>'],
  ['$(COUNT)', '$(COUNT)'],
  ['$COUNT', '$COUNT'],
  ["'@COUNT@'", '@COUNT@'],
  ['__COUNT__', '__COUNT__'],
  ['<YOUR-COUNT>', '<YOUR-COUNT>'],
  ["'{COUNT}'", '{COUNT}'],
  ["'{count}'", '{count}'],
  ["'{your-count}'", '{your-count}'],
  ['<count>', '<count>'],
  ['<the number of replicas>', '<the number of replicas>'],
  ['a <Count of pods>', '<Count of pods>'],
  ['((COUNT))', '((COUNT))'],
  ['__COUNT_2__', '__COUNT_2__'],
  ['NUM_REPLICAS', 'NUM_REPLICAS'],
])('a value that is a placeholder, %s, is no error', (value, shown) => {
  const [finding, ...more] = found(deployment(`replicas: ${value}`));
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ rule: 'admission/wrong-type', severity: 'warning' });
  expect(finding?.message).toContain(`${shown} is not substituted: Invalid value`);
  expect(finding?.hint).toContain('envsubst');
});

it('a placeholder that Flux substitutes is for information', () => {
  const text = deployment('replicas: ${COUNT}');
  expect(found(text + kustomization('postBuild: { substitute: { COUNT: "3" } }'))).toMatchObject([
    { severity: 'info', message: 'not checked: Flux substitutes ${COUNT}' },
  ]);
  expect(found(text + kustomization('prune: true'))).toMatchObject([{ severity: 'warning' }]);
});

it.each([
  'three',
  '-1',
  '"$"',
  '"${}"',
  '"5$"',
  '<nil>',
  '<no value>',
  '/a/{id}',
  '"(count)"',
  '"3 < 4 >"',
  '"{}"',
])('a value that is none, %s, is an error', (value) => {
  expect(found(deployment(`replicas: ${value}`))).toMatchObject([{ severity: 'error' }]);
});

it('an error elsewhere in an object with placeholders is an error', () => {
  const text = deployment('replicas: -1').replace('a:1', '"${IMAGE}"');
  expect(found(text)).toMatchObject([{ severity: 'error' }]);
});

it('a placeholder in a selector that the message quotes is no error', () => {
  const text = deployment('replicas: 1').replaceAll('app: a', 'app: "${APP}"');
  const set = ManifestSet.parse(text);
  const found = withPlaceholders(check(set), set.manifests);
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(found.filter(({ path }) => path === 'spec.selector')).not.toEqual([]);
});

it('variables of a script do not excuse its container', () => {
  const text = deployment('replicas: 1').replace(
    'image: a:1',
    'image: a:1, args: ["echo ${HOME} $(date)"], ports: [{ containerPort: 80 }, { containerPort: 80 }], resources: { requests: { cpu: 2 }, limits: { cpu: 1 } }',
  );
  const set = ManifestSet.parse(text);
  const found = check(set).filter(({ severity }) => severity === 'error');
  expect(found).not.toEqual([]);
  expect(withPlaceholders(check(set), set.manifests)).toEqual(check(set));
});

it.each([
  ['registry.example/{team}/web:v{version}', '{team}'],
  ['registry.example/web:v{version}', '{version}'],
  ['shop.<your domain>', '<your domain>'],
  ['up{job} > 1', undefined],
  ['/users/{id}/items', undefined],
  ['log_format "{status}";\nserver <name>', undefined],
  ['{"a":{"b":1}}', undefined],
])('the placeholder in %s is %s', (text, found) => {
  expect(placeholderIn(text)).toBe(found);
});

it('a long text of braces is not searched from each of them', () => {
  const start = process.cpuUsage().user;
  expect(placeholderIn('{{'.repeat(500_000))).toBeUndefined();
  expect(process.cpuUsage().user - start).toBeLessThan(1_000_000);
});

test.each(['<h1>LGTM</h1>', 'a</b><i>', 'web<x>'])('no reader replaces markup: %s', (text) => {
  expect(placeholderIn(text)).toBeUndefined();
});

test.each([
  ['"us-docker.pkg.dev/PROJECT_ID/shop/api:v1"', 'PROJECT_ID is not substituted: invalid image'],
  ['"REGION_NAME-docker.pkg.dev/shop/api:v1"', 'REGION_NAME is not substituted: invalid image'],
  ['CONTAINER_IMAGE', 'CONTAINER_IMAGE is not substituted: invalid image'],
  ['"Shop/api:RELEASE_1"', 'invalid image'],
  ['"acme/API:v1"', 'invalid image'],
])('a word for the reader in the image %s is no mistake in its case', (image, message) => {
  const set = ManifestSet.parse(deployment('replicas: 1').replace('a:1', image));
  const severity = message.includes('substituted') ? 'warning' : 'error';
  const all = withPlaceholders(check(set), set.manifests).filter(
    ({ rule }) => rule === 'policy/image-invalid',
  );
  expect(all).toMatchObject([{ severity, message: expect.stringContaining(message) as string }]);
});

test('a word where a quantity belongs is a placeholder, and a word of another kind is an error', () => {
  const claim = (size: string) =>
    ManifestSet.parse(
      `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: a, namespace: default }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: ${size} } } }\n`,
    );
  const severities = (set: ManifestSet) =>
    withPlaceholders(check(set), set.manifests)
      .filter(({ rule }) => rule === 'admission/malformed')
      .map(({ severity }) => severity);
  expect(severities(claim('DISK_SIZE'))).toEqual(['warning']);
  expect(severities(claim('LARGE'))).toEqual(['error']);
});
