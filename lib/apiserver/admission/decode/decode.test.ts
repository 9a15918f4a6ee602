import { kindSchema } from '../../../kube/schema';
import { decode } from './decode';
import { base64Problem, isBase64 } from './scalars';

/** The errors of decoding an object of a kind, as `path: message [hint]`. */
function errors(apiVersion: string, kind: string, fields: object): string[] {
  const schema = kindSchema('1.36', apiVersion, kind);
  if (schema === undefined) throw new Error(`no ${kind}`);
  return decode({ apiVersion, kind, ...fields }, schema, '1.36').violations.map(
    ({ reason, path, message, hint }) =>
      `${reason} ${path}: ${message}${hint === undefined ? '' : ` [${hint}]`}`,
  );
}

const container = (fields: object): object => ({ spec: { containers: [{ name: 'a', ...fields }] } });

describe('decoding says what it expected and what it got', () => {
  it.each([
    [{ image: 1 }, 'wrong-type spec.containers[0].image: Invalid value: 1: expected string, got integer'],
    [
      { stdin: 'yes' },
      'wrong-type spec.containers[0].stdin: Invalid value: "yes": expected boolean, got string',
    ],
    [{ ports: {} }, 'wrong-type spec.containers[0].ports: Invalid value: {}: expected array, got object'],
    [
      { ports: [[]] },
      'wrong-type spec.containers[0].ports[0]: Invalid value: []: expected object, got array',
    ],
    [
      { ports: [{ containerPort: '80' }] },
      'wrong-type spec.containers[0].ports[0].containerPort: Invalid value: "80": expected integer, got string',
    ],
    [
      { ports: [{ containerPort: 1.5 }] },
      'wrong-type spec.containers[0].ports[0].containerPort: Invalid value: 1.5: expected integer, got number',
    ],
    [
      { ports: [{ containerPort: 2 ** 31 }] },
      'wrong-type spec.containers[0].ports[0].containerPort: Invalid value: 2147483648: does not fit int32',
    ],
    [
      { livenessProbe: { httpGet: { port: true } } },
      'wrong-type spec.containers[0].livenessProbe.httpGet.port: Invalid value: true: expected integer or string, got boolean',
    ],
    [
      { resources: { limits: { cpu: '1gb' } } },
      'malformed spec.containers[0].resources.limits.cpu: Invalid value: "1gb": expected a quantity such as 250m or 1Gi',
    ],
    [
      { imag: 'x' },
      'unknown-field spec.containers[0].imag: unknown field "spec.containers[0].imag" [Did you mean "image"?]',
    ],
    [{ zzzzzz: 'x' }, 'unknown-field spec.containers[0].zzzzzz: unknown field "spec.containers[0].zzzzzz"'],
  ])('%j', (fields, said) => {
    expect(errors('v1', 'Pod', container(fields))).toEqual([said]);
  });

  it('for times and bytes', () => {
    expect(errors('v1', 'Pod', { metadata: { creationTimestamp: 'today' } })).toEqual([
      'malformed metadata.creationTimestamp: Invalid value: "today": expected an RFC 3339 time',
    ]);
    expect(errors('v1', 'ConfigMap', { binaryData: { a: 'a!' } })).toEqual([
      'malformed binaryData.a: Invalid value: "a!": illegal base64 data at input byte 1',
    ]);
  });
});

describe('base64 ends', () => {
  it.each([
    ['!', 0],
    ['aa!', 2],
    ['=aaa', 0],
    ['a===', 1],
    ['aa=a', 3],
    ['aaa=a', 4],
    ['aa===', 4],
    ['a', 1],
    ['aa=', 3],
    ['a\nb\r!', 4],
    ['é', 0],
    ['aaé', 2],
  ])('in %j at byte %i', (text, byte) => {
    expect(isBase64(text)).toBe(false);
    expect(base64Problem(text)).toBe(`illegal base64 data at input byte ${byte}`);
  });
});
