import { LabelIndex, selects, type Labelled } from './label-index';

const thing = (namespace: string, labels: Record<string, string>, added?: Labelled['added']) => ({
  namespace,
  labels,
  ...(added !== undefined && { added }),
});
const web = thing('shop', { app: 'web', tier: 'front' });
const api = thing('shop', { app: 'api', tier: 'back' });
const other = thing('mail', { app: 'web' });
const db = thing('shop', { app: 'db', tier: 'back' }, { index: /^\d+$/ });
const index = new LabelIndex([api, web, other, db]);

describe('select', () => {
  it('finds by pairs, in the order of the things', () => {
    expect(index.select({ matchLabels: { tier: 'back' } }, ['shop'])).toEqual([api, db]);
    expect(index.select({ matchLabels: { tier: 'back', app: 'db' } }, ['shop'])).toEqual([db]);
    expect(index.select({ matchLabels: { app: 'none' } }, ['shop'])).toEqual([]);
  });

  it('looks in the namespaces given, and everywhere without any', () => {
    expect(index.select({ matchLabels: { app: 'web' } }, ['mail'])).toEqual([other]);
    expect(index.select({ matchLabels: { app: 'web' } }, ['mail', 'shop'])).toEqual([web, other]);
    expect(index.select({ matchLabels: { app: 'web' } }, undefined)).toEqual([web, other]);
    expect(index.select({}, ['nowhere'])).toEqual([]);
  });

  it('finds by expressions', () => {
    const selector = { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['back'] }] };
    expect(index.select(selector, undefined)).toEqual([web, other]);
  });

  it('finds by a label that a controller adds', () => {
    expect(index.select({ matchLabels: { index: '3' } }, ['shop'])).toEqual([db]);
    expect(index.select({ matchLabels: { index: 'x' } }, ['shop'])).toEqual([]);
    expect(index.select({ matchLabels: { index: '3', app: 'web' } }, ['shop'])).toEqual([]);
  });
});

it('lists what is in a namespace', () => {
  expect(index.in('mail')).toEqual([other]);
  expect(index.in('nowhere')).toEqual([]);
});

describe('selects', () => {
  const expression = (operator: string, values?: string[]) => ({
    matchExpressions: [{ key: 'index', operator, ...(values !== undefined && { values }) }],
  });

  it('selects nothing without a selector', () => expect(selects(undefined, web)).toBe(false));

  it('takes an added label for there, with a value that suits', () => {
    expect(selects(expression('Exists'), db)).toBe(true);
    expect(selects(expression('DoesNotExist'), db)).toBe(false);
    expect(selects(expression('In', ['x', '1']), db)).toBe(true);
    expect(selects(expression('In', ['x']), db)).toBe(false);
  });

  it('is content with one of the pods that differ', () => {
    expect(selects(expression('NotIn', ['0']), db)).toBe(true);
  });

  it('gives nobody a label that is not added', () => {
    expect(selects(expression('Exists'), web)).toBe(false);
    expect(selects({ matchLabels: { index: '1' } }, web)).toBe(false);
  });
});
