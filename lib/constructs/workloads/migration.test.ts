import { App as Cdk8sApp, ApiObject, Chart as Cdk8sChart } from 'cdk8s';
import { problems, rendered } from '../../../test/constructs/rendering';
import type { MigrationProps } from '../../index';
import { App, Chart, ConfigMap, Environment, Migration, synth, WebService, Worker } from '../../index';

const image = 'acme/shop:1.4.2';

describe('a Migration', () => {
  it('comes before all objects of what follows it, and after what it needs', () => {
    const set = rendered((chart) => {
      const api = new WebService(chart, 'api', { image, port: 80 });
      const mailer = new Worker(chart, 'mailer', { image });
      const settings = new ConfigMap(chart, 'settings', { data: { A: 'b' }, immutable: false });
      new Worker(chart, 'other', { image });
      const migration = new Migration(chart, 'schema', { image, envFrom: [settings], before: [api, mailer] });
      migration.node.addDependency(settings);
    });
    const order = [...set].map(({ id }) => `${id.kind} ${id.name.replace(/-[0-9a-f]{10}$/, '')}`);
    const at = (name: string): number => order.indexOf(name);
    expect(at('ConfigMap shop-settings')).toBeLessThan(at('Job shop-schema'));
    expect(at('ServiceAccount shop-schema')).toBeLessThan(at('Job shop-schema'));
    for (const later of ['ServiceAccount shop-api', 'Deployment shop-api', 'Deployment shop-mailer'])
      expect(at('Job shop-schema')).toBeLessThan(at(later));
    const job = set.get({ kind: 'Job' }).id;
    const waiting = set.filter(({ after }) => after?.includes(job) === true).find({ kind: 'Deployment' });
    expect(waiting.map(({ id }) => id.name)).toEqual(['shop-api', 'shop-mailer']);
    expect(set.find({ kind: 'ConfigMap' }).flatMap(({ after = [] }) => after)).toEqual([]);
  });

  it('orders charts, and objects of cdk8s', () => {
    const app = new App();
    const late = new Chart(app, 'a-late');
    new ConfigMap(late, 'settings', { immutable: false });
    const pod = new ApiObject(late, 'pod', { apiVersion: 'v1', kind: 'Pod' });
    new Migration(new Chart(app, 'b-early'), 'schema', { image, before: [late] });
    new Migration(new Chart(app, 'c-early'), 'schema', { image, before: [pod] });
    expect([...synth(app)].map(({ id }) => id.kind)).toEqual([
      'ServiceAccount',
      'Job',
      'ConfigMap',
      'ServiceAccount',
      'Job',
      'Pod',
    ]);
  });

  it('is another Job for another image, and the same for the same', () => {
    const named = (props: Partial<MigrationProps>): string =>
      rendered((chart) => {
        const api = new Worker(chart, 'api', { image });
        new Migration(chart, 'schema', { image, before: [api], ...props });
      }).get({ kind: 'Job' }).id.name;
    expect(named({})).toMatch(/^shop-schema-[0-9a-f]{10}$/);
    expect(named({ labels: { a: 'b' } })).toBe(named({}));
    expect(named({ image: 'acme/shop:1.4.3' })).not.toBe(named({}));
  });

  it('comes before something, in its own environment, and never in a circle', () => {
    expect(problems((chart) => new Migration(chart, 'schema', { image, before: [] }))).toMatchObject([
      { code: 'MISSING_PROP', path: 'before' },
    ]);
    expect(
      problems((chart) => {
        const staging = new Chart(new Environment(chart.node.root, 'staging'), 'shop');
        new Migration(chart, 'schema', { image, before: [new Worker(staging, 'api', { image })] });
      }),
    ).toMatchObject([{ code: 'INVALID_PROP', path: 'before[0]' }]);
    expect(
      problems((chart) => {
        const db = new Worker(chart, 'db', { image });
        new Migration(chart, 'schema', { image, before: [db] }).node.addDependency(db);
      }),
    ).toMatchObject([{ code: 'DEPENDENCY_CYCLE' }]);
    expect(
      problems((chart) => {
        const api = new Worker(chart, 'api', { image });
        new Migration(chart, 'schema', { image, before: api as never });
        new Migration(chart, 'more', { image, rerunOnChange: false, before: [api] } as never);
      }),
    ).toMatchObject([
      { code: 'UNKNOWN_PROP', path: 'rerunOnChange' },
      { code: 'INVALID_PROP', path: 'before', hint: 'Put it in a list: [ … ].' },
    ]);
  });

  it('is ordered by the synth of cdk8s, too', () => {
    const chart = new Cdk8sChart(new Cdk8sApp(), 'shop');
    const api = new Worker(chart, 'api', { image });
    new Migration(chart, 'schema', { image, before: [api] });
    const kinds = (chart.toJson() as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds.indexOf('Job')).toBeLessThan(kinds.indexOf('Deployment'));
  });
});
