import { at, only, problems, rendered } from '../../../test/constructs/rendering';
import type { ClusterProfile } from '../../index';
import { check, ExternalSecret, Worker } from '../../index';

const image = 'ghcr.io/acme/app:1.0.0';

describe('an ExternalSecret', () => {
  const versionIn = (profile?: ClusterProfile): string =>
    only(
      'ExternalSecret',
      (chart) => new ExternalSecret(chart, 'login', { store: 'vault', keys: { password: 'db' } }),
      profile && { profile },
    ).apiVersion;

  it.each<[string, ClusterProfile['installed']]>([
    ['v1', ['external-secrets']],
    ['v1', { 'external-secrets': true }],
    ['v1', { 'external-secrets': '2.1' }],
    ['v1', { 'external-secrets': '0.17.0' }],
    ['v1beta1', { 'external-secrets': '0.15' }],
    ['v1beta1', { 'external-secrets': '0.9.20' }],
  ])('is %s where the profile has %j', (version, installed = []) => {
    expect(versionIn({ installed })).toBe(`external-secrets.io/${version}`);
  });

  it('is v1 where no profile says what is installed', () => {
    expect(versionIn()).toBe('external-secrets.io/v1');
  });

  it.each([{}, { installed: ['keda'] } as const])('needs External Secrets in the profile: %j', (profile) => {
    const [problem, ...more] = problems(
      (chart) => new ExternalSecret(chart, 'login', { store: 'vault', keys: { password: 'db' } }),
      { profile },
    );
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      code: 'MISSING_PROP',
      path: 'installed',
      message:
        'Required value: the profile of environment "production" does not have External Secrets Operator',
      hint: "Add it to the profile: `installed: ['external-secrets']`.",
    });
  });

  it('is read by pods as variables and files, and has no finding', () => {
    const set = rendered(
      (chart) => {
        const login = new ExternalSecret(chart, 'login', {
          store: 'vault',
          keys: { password: 'db', user: 'db' },
        });
        new Worker(chart, 'app', {
          image,
          env: { PASSWORD: login.key('password') },
          envFrom: [login],
          files: { '/login': login.mount({ items: { user: 'name' }, mode: 0o400 }) },
        });
      },
      { profile: { installed: ['external-secrets'] }, chart: { namespace: 'shop' } },
    );
    const pod = at(set.get({ kind: 'Deployment' }).object, 'spec.template.spec');
    expect(at(pod, 'containers.0.env.0.valueFrom.secretKeyRef')).toEqual({
      name: 'shop-login',
      key: 'password',
    });
    expect(at(pod, 'volumes.0.secret')).toEqual({
      secretName: 'shop-login',
      defaultMode: 0o400,
      items: [{ key: 'user', path: 'name' }],
    });
    expect(check(set).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
