import { App, Chart, ConfigMap, Environment, synth } from '../../index';

it('keeps the names of everything in a chart that has moved', () => {
  const names = (id: string, movedFrom?: string): string[] => {
    const app = new App();
    const chart = new Chart(
      new Environment(app, 'staging'),
      id,
      movedFrom === undefined ? {} : { movedFrom },
    );
    new ConfigMap(chart, 'settings', { data: { a: 'b' }, immutable: false });
    return [...synth(app)].map((manifest) => manifest.id.name);
  };
  expect(names('store')).toEqual(['store-settings']);
  expect(names('store', 'shop')).toEqual(['shop-settings']);
  expect(() => names('store', 'store')).toThrow('it already stands at this path');
});
