import { constants, createDecipheriv, createPrivateKey, privateDecrypt } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, problemsOf } from '../../../test/constructs/rendering';
import type { ClusterProfile, ManifestSet, SealedSecretProps } from '../../index';
import { App, Chart, check, Environment, SealedSecret, synth, WebService } from '../../index';

const FIXTURES = join(__dirname, '../../../test/constructs/sealing');
const certificate = join(FIXTURES, 'sealing.pem');
const PROFILE: ClusterProfile = { installed: ['sealed-secrets'], sealingCertificate: certificate };

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-'));
  lock = join(folder, 'sealed.lock');
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

type Given = Partial<SealedSecretProps> & { readonly profile?: ClusterProfile; readonly namespace?: string };

function program({ profile = PROFILE, namespace = 'shop', ...props }: Given): {
  app: App;
  secret: SealedSecret;
} {
  const app = new App({ outdir: join(folder, 'dist') });
  const chart = new Chart(
    new Environment(app, 'production', profile),
    'shop',
    namespace === '' ? {} : { namespace },
  );
  const secret = new SealedSecret(chart, 'token', { lock, keys: { token: 'hunter2' }, ...props });
  new WebService(chart, 'api', {
    image: 'ghcr.io/acme/api:1.0.0',
    port: 8080,
    env: { TOKEN: secret.key('token') },
    files: { '/run/token': secret.mount({ mode: 0o400 }) },
  });
  return { app, secret };
}

/** What is written and rendered where the values are known. */
function written(given: Given = {}): ManifestSet {
  const { app } = program(given);
  app.synth();
  return synth(app);
}

/** What is rendered elsewhere. */
const rendered = (given: Given): ManifestSet => synth(program(given).app);

const sealedIn = (set: ManifestSet, key = 'token'): string =>
  String(at(set.get({ kind: 'SealedSecret' }).object, `spec.encryptedData.${key}`));

/** As the controller does. Source: `HybridDecrypt` of sealed-secrets. */
function unsealed(text: string, label: string): string {
  const bytes = Buffer.from(text, 'base64');
  const end = 2 + bytes.readUInt16BE(0);
  const key = privateDecrypt(
    {
      key: createPrivateKey(readFileSync(join(FIXTURES, 'sealing.key'))),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(label),
    },
    bytes.subarray(2, end),
  );
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(end, -16)), decipher.final()]).toString();
}

const faults = (run: () => unknown): readonly string[] =>
  problemsOf(run).map(({ code, path, message }) => `${code} ${path ?? ''}: ${message}`);

it.each([
  ['strict', 'shop/shop-token', undefined],
  ['namespace-wide', 'shop', { 'sealedsecrets.bitnami.com/namespace-wide': 'true' }],
  ['cluster-wide', '', { 'sealedsecrets.bitnami.com/cluster-wide': 'true' }],
] as const)('a %s value is unsealed with the label "%s"', (scope, label, annotations) => {
  const set = written({ scope, type: 'example.com/token' });
  const { object } = set.get({ kind: 'SealedSecret' });
  expect(unsealed(sealedIn(set), label)).toBe('hunter2');
  expect(() => unsealed(sealedIn(set), `${label}x`)).toThrow();
  expect(object.metadata.annotations).toEqual(annotations);
  expect(at(object, 'spec.template')).toEqual({
    metadata: { name: 'shop-token', namespace: 'shop', ...(annotations && { annotations }) },
    type: 'example.com/token',
  });
});

it('bytes are sealed as they are', () => {
  const set = written({ keys: { token: Buffer.from([0, 255, 10]) } });
  expect(Buffer.from(unsealed(sealedIn(set), 'shop/shop-token')).length).toBeGreaterThan(0);
  expect(Buffer.from(sealedIn(set), 'base64').length).toBe(2 + 256 + 3 + 16);
});

it('another run renders the same, with the value and without it', () => {
  const first = written().toYaml();
  const text = readFileSync(lock, 'utf8');
  for (const keys of [{ token: 'hunter2' }, { token: undefined }, { token: '' }])
    expect(written({ keys }).toYaml()).toBe(first);
  expect(readFileSync(lock, 'utf8')).toBe(text);
});

it('rendering seals nothing: it reports the value, and writes no lock', () => {
  expect(faults(() => rendered({}))).toEqual(['NOT_SEALED keys.token: the value is not sealed yet']);
  expect(existsSync(lock)).toBe(false);
});

it('neither lock nor output nor error has the value', () => {
  written();
  const wrong = problemsOf(() => rendered({ keys: { token: 'hunter22' } }));
  const all = [lock, join(folder, 'dist/production/shop.yaml')].map((path) => readFileSync(path, 'utf8'));
  for (const text of [...all, JSON.stringify(wrong)])
    for (const form of [
      'hunter2',
      Buffer.from('hunter2').toString('base64'),
      Buffer.from('hunter2').toString('hex'),
    ])
      expect(text).not.toContain(form);
});

it('the lock has nothing but sealed values and what they are sealed for', () => {
  written({ keys: { token: { value: 'hunter2', version: 3 } } });
  const { secrets } = JSON.parse(readFileSync(lock, 'utf8')) as { secrets: object };
  expect(secrets).toEqual({
    'production/shop/shop-token': {
      token: {
        publicKey: expect.stringMatching(/^SHA256:/) as string,
        scope: 'strict',
        version: '3',
        sealed: expect.any(String) as string,
      },
    },
  });
});

it('a value with another version is sealed again, and its pods are rolled out', () => {
  const first = written({ keys: { token: { value: 'hunter2', version: 1 } } });
  const second = written({ keys: { token: { value: 'hunter3', version: 2 } } });
  expect(unsealed(sealedIn(second), 'shop/shop-token')).toBe('hunter3');
  const checksum = (set: ManifestSet): unknown =>
    at(set.get({ kind: 'Deployment' }).object, 'spec.template.metadata.annotations');
  expect(checksum(first)).not.toEqual(checksum(second));
  expect(rendered({ keys: { token: { version: 2 } } }).toYaml()).toBe(second.toYaml());
});

it.each<[string, Given, string]>([
  [
    'of another length',
    { keys: { token: 'correct horse' } },
    'INVALID_PROP keys.token: Invalid value: it is not the value that is sealed: its length is another',
  ],
  [
    'of another version',
    { keys: { token: { version: 2 } } },
    'NOT_SEALED keys.token: Required value: there is no value, and the one in the lock is sealed for another version',
  ],
  [
    'of another scope',
    { keys: { token: undefined }, scope: 'cluster-wide' },
    'NOT_SEALED keys.token: Required value: there is no value, and the one in the lock is sealed for another scope',
  ],
  [
    'of another name',
    { keys: { token: undefined }, name: 'other' },
    'NOT_SEALED keys.token: Required value: there is no value, and the lock has no sealed one',
  ],
  [
    'without a value',
    { keys: { token: undefined, other: '' } },
    'NOT_SEALED keys.other: Required value: there is no value, and the lock has no sealed one',
  ],
])('a value %s is reported, not replaced', (_, given, fault) => {
  written();
  expect(faults(() => written(given))).toEqual([fault]);
});

it('a value that is sealed for another certificate is sealed again, or reported', () => {
  written();
  const text = readFileSync(lock, 'utf8').replace(/SHA256:[^"]*/, 'SHA256:other');
  writeFileSync(lock, text);
  expect(faults(() => written({ keys: { token: undefined } }))).toEqual([
    'NOT_SEALED keys.token: Required value: there is no value, and the one in the lock is sealed for another certificate',
  ]);
  expect(unsealed(sealedIn(written()), 'shop/shop-token')).toBe('hunter2');
});

it('an expired certificate seals nothing, and what it sealed stays', () => {
  const first = written().toYaml();
  jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2200-01-01'));
  expect(written().toYaml()).toBe(first);
  const { app } = program({ keys: { token: 'hunter2', other: 'x' } });
  expect(faults(() => app.synth())).toEqual([
    expect.stringMatching(/^INVALID_PROP certificate: the certificate expired on /),
  ]);
});

it.each<[string, Given, string]>([
  ['no certificate', { profile: { installed: ['sealed-secrets'] } }, 'MISSING_PROP certificate'],
  ['a certificate that is not there', { certificate: 'no.pem' }, 'INPUT_UNREADABLE certificate'],
  [
    'a file that is no certificate',
    { certificate: join(FIXTURES, 'sealing.key') },
    'INPUT_UNREADABLE certificate',
  ],
  ['a certificate without an RSA key', { certificate: join(FIXTURES, 'ec.pem') }, 'INVALID_PROP certificate'],
  ['no controller', { profile: { sealingCertificate: certificate } }, 'MISSING_PROP installed'],
  ['no namespace', { namespace: '' }, 'MISSING_PROP namespace'],
  ['no keys', { keys: {} }, 'MISSING_PROP keys'],
  ['a number as a value', { keys: { token: 1 as never } }, 'INVALID_PROP keys.token'],
  [
    'a version that is missing',
    { keys: { token: { value: 'x', version: undefined as never } } },
    'MISSING_PROP keys.token.version',
  ],
  ['a key with a slash', { keys: { token: 'x', 'a/b': 'x' } }, 'INVALID_NAME keys.a/b'],
])('%s is an error', (_, given, fault) => {
  const found = faults(() => written(given)).map((each) => each.split(':')[0]);
  expect(found.filter((each) => !each?.includes("key('token')"))).toEqual([fault]);
});

it('a lock with the marks of a merge is an error, and is kept', () => {
  writeFileSync(lock, '<<<<<<< HEAD\n{}');
  expect(faults(() => written())).toEqual([expect.stringMatching(/^INPUT_UNREADABLE lock: cannot read/)]);
  expect(readFileSync(lock, 'utf8')).toContain('HEAD');
});

it('an override cannot move it to where it is not unsealed', () => {
  const { app, secret } = program({});
  secret.override({ metadata: { namespace: 'other' } });
  expect(faults(() => app.synth())).toEqual([
    'INVALID_PROP metadata: the values are sealed for "shop/shop-token", and the object is "other/shop-token"',
  ]);
});

it('has no finding, and pods read its Secret', () => {
  const set = written();
  const { object } = set.get({ kind: 'Deployment' });
  expect(at(object, 'spec.template.spec.containers.0.env.0.valueFrom')).toEqual({
    secretKeyRef: { name: 'shop-token', key: 'token' },
  });
  expect(at(object, 'spec.template.spec.volumes.0.secret.secretName')).toBe('shop-token');
  expect(check(set).filter(({ id, severity }) => id.kind === 'SealedSecret' && severity !== 'info')).toEqual(
    [],
  );
  expect(check(set).filter(({ severity }) => severity === 'error')).toEqual([]);
});
