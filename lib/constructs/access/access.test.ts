import * as kplus from 'cdk8s-plus-27';
import { at, podOf, problems, rendered, worker } from '../../../test/constructs/rendering';
import { ServiceAccount, Worker } from '../../index';

describe('the account of a workload', () => {
  const tokenOf = (pod: unknown): unknown => at(pod, 'automountServiceAccountToken');

  it('is an account of its own without a token', () => {
    const set = rendered((chart) => new Worker(chart, 'app', { image: 'a/b:1' }));
    expect(set.get({ kind: 'ServiceAccount', name: 'shop-app' }).object).toMatchObject({
      automountServiceAccountToken: false,
    });
    const pod = at(set.get({ kind: 'Deployment' }).object, 'spec.template.spec');
    expect(pod).toMatchObject({ serviceAccountName: 'shop-app', automountServiceAccountToken: false });
  });

  it('gets a token when it asks', () => {
    expect(tokenOf(podOf({ serviceAccountToken: true }))).toBe(true);
  });

  it('is a given account, and then its token is as that says', () => {
    const pod = podOf({ serviceAccount: 'theirs' });
    expect(at(pod, 'serviceAccountName')).toBe('theirs');
    expect(pod).not.toHaveProperty('automountServiceAccountToken');
    expect(
      rendered((chart) => new Worker(chart, 'app', { image: 'a/b:1', serviceAccount: 'x' })).find({
        kind: 'ServiceAccount',
      }),
    ).toEqual([]);
  });

  it('is an account of ours or of cdk8s-plus', () => {
    const names = rendered((chart) => {
      new Worker(chart, 'a', { image: 'a/b:1', serviceAccount: new ServiceAccount(chart, 'ours') });
      new Worker(chart, 'b', { image: 'a/b:1', serviceAccount: new kplus.ServiceAccount(chart, 'theirs') });
      new Worker(chart, 'c', {
        image: 'a/b:1',
        serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'imported', 'imported'),
      });
    })
      .find({ kind: 'Deployment' })
      .map(({ object }) => at(object, 'spec.template.spec.serviceAccountName'));
    expect(names).toEqual(['shop-ours', 'shop-theirs', 'imported']);
  });

  it('is no other kind', () => {
    expect(problems(worker({ serviceAccount: { kind: 'Secret', name: 's' } }))).toMatchObject([
      {
        code: 'INVALID_PROP',
        path: 'serviceAccount',
        message: 'expected a ServiceAccount, got Secret "s"',
      },
    ]);
  });

  it('is reachable, so that it can be changed', () => {
    const set = rendered((chart) => {
      const app = new Worker(chart, 'app', { image: 'a/b:1' });
      app.serviceAccount?.override({ metadata: { annotations: { role: 'x' } } });
      expect(
        new Worker(chart, 'other', { image: 'a/b:1', serviceAccount: 'x' }).serviceAccount,
      ).toBeUndefined();
    });
    expect(set.get({ kind: 'ServiceAccount' }).object.metadata.annotations).toEqual({ role: 'x' });
  });
});
