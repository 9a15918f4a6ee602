import { child, item, pathOf } from '../../lib/manifest/path';

describe('a field path', () => {
  it.each([
    ['', 'spec', 'spec'],
    ['spec', 'template', 'spec.template'],
    ['metadata.annotations', 'bad key!', 'metadata.annotations[bad key!]'],
    ['metadata.labels', 'app.kubernetes.io/name', 'metadata.labels[app.kubernetes.io/name]'],
    ['data', '1st', 'data[1st]'],
    ['data', '', 'data[]'],
    ['', 'bad key!', '[bad key!]'],
  ])('below %j the key %j is %j', (path, key, expected) => {
    expect(child(path, key)).toBe(expected);
  });

  it('counts list items in brackets', () => {
    expect(item('spec.containers', 0)).toBe('spec.containers[0]');
    expect(pathOf(['spec', 'containers', 0, 'ports', 12, 'containerPort'])).toBe(
      'spec.containers[0].ports[12].containerPort',
    );
  });
});
