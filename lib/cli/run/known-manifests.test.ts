import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { effort } from '../../../test/effort';
import { KnownAdmission } from '../../check/known-admission';
import { clustersOf } from '../../graph/clusters';
import { ManifestSet } from '../../manifest/set';
import type { ClusterProfile } from '../../profiles/cluster-profile';
import { checkResults } from '../check/parts';
import type { Settings } from '../check/settings';
import { KnownManifests } from './known-manifests';
import { readResults, type Result } from './results';

const NOTHING = { paths: [], gathered: { texts: [], built: [], faulty: [], skipped: [], found: [] } };

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-known-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Objects of all ways that admission has: built in, defined in the set, known by its software, unknown, and policies. */
const OBJECTS = [
  ...ManifestSet.parse(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccount: api
      containers: [{ name: app, image: 'nginx:1.27.3', ports: [{ name: http, containerPort: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { mode: a }
---
apiVersion: acme.io/v1
kind: Ship
metadata: { name: a, namespace: shop }
spec: { mode: a, replicas: 2 }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: shop }
spec: { secretName: tls, issuerRef: { name: ca }, dnsNames: [shop.example], mode: a }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: few }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }]
  validations: [{ expression: object.spec.replicas < 5 }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: few }
spec: { policyName: few, validationActions: [Deny] }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ships.acme.io }
spec:
  group: acme.io
  names: { kind: Ship, plural: ships }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: { spec: { type: object, properties: { replicas: { type: integer } } } }
`),
].map(({ object }) => JSON.stringify(object));

/** What one line of an app holds: an object, changed somewhere, and where it comes from. */
const LINE = fc.record({
  object: fc.nat({ max: OBJECTS.length - 1 }),
  replicas: fc.constantFrom('2', '7', '-1', '"2"'),
  mode: fc.constantFrom('a', 'b'),
  origin: fc.constantFrom({}, { construct: 'shop/web' }, { construct: 'shop/web', source: 'shop.ts:4' }),
  environment: fc.constantFrom(undefined, 'test'),
});
type Line = typeof LINE extends fc.Arbitrary<infer T> ? T : never;

/** One thing that a change does to the lines. */
const EDIT = fc.record({
  at: fc.nat({ max: 12 }),
  how: fc.constantFrom('replace', 'add', 'remove', 'repeat', 'move'),
  line: LINE,
});
type Edit = typeof EDIT extends fc.Arbitrary<infer T> ? T : never;

const RUN = fc.record({
  edits: fc.array(EDIT, { maxLength: 3 }),
  kubernetes: fc.constantFrom('1.29', '1.35', '1.35', '1.35'),
  preset: fc.constantFrom('recommended', 'recommended', 'strict'),
  assumed: fc.constantFrom(false, false, true),
});

function edited(lines: readonly Line[], { at, how, line }: Edit): Line[] {
  const place = at % (lines.length + 1);
  const there = lines[place];
  const removed = lines.toSpliced(place, 1);
  if (how === 'add' || there === undefined) return lines.toSpliced(place, 0, line);
  if (how === 'repeat') return lines.toSpliced(place, 0, there);
  if (how === 'move') return [...removed, there];
  return how === 'remove' ? removed : removed.toSpliced(place, 0, line);
}

function textOf({ object, replicas, mode, origin, environment }: Line): string {
  const text = OBJECTS[object] ?? '';
  const changed = text
    .replace('"replicas":2', `"replicas":${replicas}`)
    .replace('"mode":"a"', `"mode":"${mode}"`);
  const from = JSON.stringify({ ...origin, ...(environment !== undefined && { environment }) });
  return `{"object":${changed},"origin":${from}}`;
}

function write(lines: readonly Line[], profile: ClusterProfile): void {
  const header = { outdir: '/out', clusters: { test: profile } };
  const all = [JSON.stringify(header), ...lines.map(textOf), JSON.stringify({ end: lines.length })];
  writeFileSync(join(folder, 'app-0001.ndjson'), `${all.join('\n')}\n`);
}

describe('what is known of the runs before', () => {
  it('changes no manifest, finding or order, whatever changes from run to run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(RUN, { minLength: 2, maxLength: 6 }), async (runs) => {
        const known = new KnownManifests();
        const admission = new KnownAdmission();
        let lines: readonly Line[] = OBJECTS.map((_, object) => ({
          object,
          replicas: '2',
          mode: 'a',
          origin: {},
          environment: undefined,
        }));
        for (const { edits, kubernetes, preset, assumed } of runs) {
          lines = edits.reduce<readonly Line[]>(edited, lines);
          write(lines, { kubernetes });
          const assume = ManifestSet.parse(assumed ? (OBJECTS.at(-1) ?? '') : '');
          const settings: Settings = {
            options: { preset, assume },
            facts: [],
            failOn: 'error',
            notes: [],
            config: undefined,
            assumed: { assume: NOTHING, crds: NOTHING },
          };
          const judged = async (results: readonly Result[], of?: KnownAdmission): Promise<unknown> => {
            const parts = await checkResults(results, undefined, settings, { known: of });
            return parts.map((part) => part.findings);
          };
          const cold = readResults(folder);
          const warm = readResults(folder, known);
          expect(warm).toEqual(cold);
          expect(JSON.stringify(await judged(warm, admission))).toBe(JSON.stringify(await judged(cold)));
        }
      }),
      { numRuns: effort(5, 200) },
    );
  });

  it('makes what is the same the same object, and none that is there twice', () => {
    const lines: Line[] = [0, 0, 1].map((object) => ({
      object,
      replicas: '2',
      mode: 'a',
      origin: {},
      environment: undefined,
    }));
    const known = new KnownManifests();
    const objects = (): unknown[] =>
      readResults(folder, known).flatMap(({ manifests }) => manifests.map(({ object }) => object));
    write(lines, {});
    const first = objects();
    write(
      lines.map((line) => ({ ...line, origin: { construct: 'shop/web' } })),
      {},
    );
    const second = objects();
    expect(new Set(second).size).toBe(3);
    expect(second.filter((object) => first.includes(object))).toHaveLength(2);
    expect(second[2]).toBe(first[2]);
  });

  it('asks about an object once, until something that its verdict follows from has changed', () => {
    const [, , , ship = '', , , , definition = ''] = OBJECTS;
    const admission = new KnownAdmission();
    const set = ManifestSet.parse(ship);
    const asked = (release: string, assume?: ManifestSet): number => {
      let count = 0;
      admission.begin();
      for (const cluster of clustersOf(set, { kubernetes: release, ...(assume && { assume }) })) {
        const examined = admission.examinedIn(cluster, false);
        for (const manifest of set) {
          examined(manifest, () => {
            count++;
            return { judgement: { value: undefined, violations: [] }, findings: [] };
          });
        }
      }
      return count;
    };
    expect([asked('1.35'), asked('1.35'), asked('1.34'), asked('1.34')]).toEqual([1, 0, 1, 0]);
    const assume = (): ManifestSet => ManifestSet.parse(definition);
    expect([asked('1.34', assume()), asked('1.34', assume()), asked('1.34')]).toEqual([1, 0, 1]);
  });
});
