import type { ObjectId } from '../../../lib/manifest/manifest';
import { Pinpoint } from '../../../lib/cli/check/pinpoint';

const FILE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: first
---
# a comment
apiVersion: v1
kind: Service
metadata:
  name: second
  annotations:
    "bad key!": x
    a.b: y
    a.b[0]: z
spec:
  ports:
    - port: 80
    - port: 81
      targetPort: 99999
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: third }
  - apiVersion: v1
    kind: ConfigMap
    metadata:
      name: fourth
`;

/** The line that a finding about `path` is told at, of the object that begins on `line`. */
function lineOf(line: number, path: string, id: Partial<ObjectId> = {}): number {
  const pinpoint = new Pinpoint((file) => (file === 'a.yaml' ? FILE.split('\n') : undefined));
  const finding = pinpoint.at({
    rule: 'a/b',
    severity: 'error',
    id: { apiVersion: 'v1', kind: 'ConfigMap', name: 'first', ...id },
    path,
    message: 'is wrong',
    origin: { source: `a.yaml:${line}` },
  });
  return Number(finding.origin?.source?.split(':')[1]);
}

it.each([
  [1, '', 1],
  [1, 'metadata.name', 4],
  [7, 'spec.ports[1].targetPort', 19],
  [7, 'spec.ports[1]', 18],
  [7, 'metadata.annotations[bad key!]', 12],
  [7, 'metadata.annotations[a.b]', 13],
  [7, 'metadata.annotations[a.b[0]]', 14],
])('of the object at line %i, the field "%s" stands on line %i', (line, path, expected) => {
  expect(lineOf(line, path)).toBe(expected);
});

it('a field that is not there is told at the nearest above it', () => {
  expect(lineOf(7, 'spec.selector.app')).toBe(15);
  expect(lineOf(7, 'spec.ports[0].targetPort.x')).toBe(17);
  expect(lineOf(7, 'spec.ports[9].port')).toBe(16);
});

it('an item of a list is found by its kind and name', () => {
  expect(lineOf(21, 'metadata.name', { name: 'fourth' })).toBe(30);
  expect(lineOf(21, 'metadata.name', { name: 'third' })).toBe(26);
});

it('what is in no file that can be read stays where it is', () => {
  const finding = {
    rule: 'a/b',
    severity: 'error',
    id: { apiVersion: 'v1', kind: 'A', name: 'a' },
    path: 'b',
  } as const;
  const told = { ...finding, message: 'is wrong', origin: { source: 'gone.yaml:3' } };
  expect(new Pinpoint(() => undefined).at(told)).toBe(told);
});
