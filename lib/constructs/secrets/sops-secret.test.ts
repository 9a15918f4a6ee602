import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { at, faults, rendered } from '../../../test/constructs/rendering';
import type { Chart, ClusterProfile } from '../../index';
import {
  App,
  check,
  Chart as OurChart,
  Environment,
  ManifestSet,
  plan,
  SopsSecret,
  Worker,
} from '../../index';

const FIXTURES = join(__dirname, '../../../test/constructs/sops');
const PROFILE: ClusterProfile = { installed: ['flux', 'sops-operator', 'sops-secrets-operator'] };
const image = 'ghcr.io/acme/app:1.0.0';
const RESOURCES = { cpu: '10m', memory: { request: '32Mi', limit: '32Mi' } };

const fixture = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');

/** A pod that reads the Secret of a file in every way. */
const program =
  (file: string, props: object = {}) =>
  (chart: Chart): void => {
    const login = new SopsSecret(chart, 'login', { file: join(FIXTURES, file), ...props });
    new Worker(chart, 'app', {
      image,
      env: { PASSWORD: login.key('password') },
      envFrom: [login],
      files: { '/login': login.mount({ mode: 0o400 }) },
      resources: RESOURCES,
    });
  };

const shop = (build: (chart: Chart) => void): ManifestSet =>
  rendered(build, { profile: PROFILE, chart: { namespace: 'shop', labels: { team: 'shop' } } });

describe.each([
  ['secret.enc.yaml', 'Secret', {}],
  ['capsule.enc.yaml', 'SopsSecret', {}],
  ['isindir.enc.yaml', 'SopsSecret', { secret: 'login' }],
])('the object of %s', (file, kind, props) => {
  it('is rendered as the file has it, in its order, so that its signature holds', () => {
    const { object } = shop(program(file, props)).get({ kind });
    expect(JSON.stringify(object)).toBe(JSON.stringify(parse(fixture(file))));
  });

  it('makes a Secret for pods, and has no finding', () => {
    const set = shop(program(file, props));
    const pod = at(set.get({ kind: 'Deployment' }).object, 'spec.template.spec');
    expect(at(pod, 'containers.0.env.0.valueFrom.secretKeyRef')).toEqual({ name: 'login', key: 'password' });
    expect(at(pod, 'containers.0.envFrom.0.secretRef.name')).toBe('login');
    expect(at(pod, 'volumes.0.secret.secretName')).toBe('login');
    expect(check(set).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});

it('is written without the annotations of constructs', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'sops-'));
  const app = new App({ outdir, annotations: 'construct' });
  program('secret.enc.yaml')(new OurChart(new Environment(app, 'production', PROFILE), 'shop'));
  app.synth();
  const text = readFileSync(join(outdir, 'production/shop.yaml'), 'utf8');
  const [secret = ''] = text.split(/^---$/m).filter((each) => each.includes('kind: Secret'));
  expect(JSON.stringify(parse(secret))).toBe(JSON.stringify(parse(fixture('secret.enc.yaml'))));
  rmSync(outdir, { recursive: true });
});

it.each(['stringData', 'data'])('is planned as Flux applies it, encrypted under %s', (field) => {
  const text = fixture('secret.enc.yaml').replace('stringData:', `${field}:`);
  const effect = (before: string, after: string): string | undefined =>
    plan(ManifestSet.parse(before), ManifestSet.parse(after)).changes.find(({ id }) => id.kind === 'Secret')
      ?.effect;
  expect(effect('{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }', text)).toBe('created');
  expect(effect(text, text)).toBe('none');
  expect(effect(text, text.replace('data:LO', 'data:LP'))).toBe('updated');
});

it('another file rolls out the pods that read it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sops-'));
  const file = join(folder, 'a.yaml');
  const annotations = (text: string): unknown => {
    writeFileSync(file, text);
    const set = shop((chart) => {
      const login = new SopsSecret(chart, 'login', { file });
      new Worker(chart, 'app', { image, envFrom: [login] });
    });
    return at(set.get({ kind: 'Deployment' }).object, 'spec.template.metadata.annotations');
  };
  const text = fixture('secret.enc.yaml');
  expect(annotations(text)).not.toEqual(annotations(text.replace('data:LO', 'data:LP')));
  rmSync(folder, { recursive: true });
});

describe('is an error:', () => {
  const told = (text: string, props: object = {}, profile: ClusterProfile = PROFILE): readonly string[] => {
    const folder = mkdtempSync(join(tmpdir(), 'sops-'));
    writeFileSync(join(folder, 'a.yaml'), text);
    const found = faults(
      (chart) => new SopsSecret(chart, 'login', { file: join(folder, 'a.yaml'), ...props }),
      { profile, chart: { namespace: 'shop' } },
    );
    rmSync(folder, { recursive: true });
    return found;
  };
  const secret = fixture('secret.enc.yaml');

  it.each<[string, string, object, ClusterProfile, string]>([
    [
      'a file that is not encrypted',
      secret.slice(0, secret.indexOf('sops:')),
      {},
      PROFILE,
      'LITERAL_SECRET file',
    ],
    [
      'a value that is not',
      secret.replace(/password: ENC.*/, 'password: hunter2'),
      {},
      PROFILE,
      'LITERAL_SECRET file',
    ],
    ['no namespace', secret.replace('    namespace: shop\n', ''), {}, PROFILE, 'MISSING_PROP file'],
    ['another kind', secret.replace('kind: Secret', 'kind: ConfigMap'), {}, PROFILE, 'INVALID_PROP file'],
    ['two objects', `${secret}---\n${secret}`, {}, PROFILE, 'INPUT_UNREADABLE file'],
    ['no YAML', 'a: [', {}, PROFILE, 'INPUT_UNREADABLE file'],
    ['nothing that decrypts it', secret, {}, { installed: ['sops-operator'] }, 'MISSING_PROP installed'],
    ['a name that it does not have', secret, { secret: 'other' }, PROFILE, 'INVALID_PROP secret'],
    ['encrypted names', fixture('isindir.enc.yaml'), {}, PROFILE, 'MISSING_PROP secret'],
    ['no file', secret, { file: 'no/such.yaml' }, PROFILE, 'INPUT_UNREADABLE file'],
    ['no prop', secret, { file: undefined }, PROFILE, 'MISSING_PROP file'],
  ])('%s', (_, text, props, profile, fault) => {
    expect(told(text, props, profile)).toEqual([fault]);
  });

  it('a key that the file does not have', () => {
    const app = (chart: Chart): unknown =>
      new SopsSecret(chart, 'login', { file: join(FIXTURES, 'secret.enc.yaml') }).key('passwort');
    expect(faults(app, { profile: PROFILE })).toEqual(["INVALID_PROP key('passwort')"]);
  });
});
