import { ManifestSet } from '../manifest/set';
import { plan } from './plan';

const widget = (spec: string): ManifestSet =>
  ManifestSet.parse(`{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":${spec}}`);

test.each(['constructor', 'valueOf', '__proto__'])('a field called %s is shown as it is', (key) => {
  const [empty, full] = [widget('{"other":1}'), widget(`{"other":1,"${key}":"x"}`)];
  const fields = (before: ManifestSet, after: ManifestSet): unknown => plan(before, after).changes[0]?.fields;
  expect(fields(empty, full)).toEqual([{ path: `spec.${key}`, after: 'x' }]);
  expect(fields(full, empty)).toEqual([{ path: `spec.${key}`, before: 'x' }]);
});
