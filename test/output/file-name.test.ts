import fc from 'fast-check';
import { fileStem, fold, folderName, withHash } from '../../lib/output/file-name';

describe('a name for a file or folder', () => {
  test('stays as authored when every file system takes it', () => {
    expect(fileStem('shop-api_v1.2')).toBe('shop-api_v1.2');
    expect(folderName('Production')).toBe('Production');
  });

  test('has a dash for what some file system or shell refuses', () => {
    expect(fileStem('system:node<proxy>|a\\b"c?*d e')).toBe('system-node-proxy--a-b-c--d-e');
    expect(fileStem('größe')).toBe('gr--e');
  });

  test.each(['con', 'NUL', 'aux.log', 'com1', 'LPT9.x'])('is not the device %s of Windows', (name) => {
    expect(fileStem(name)).toBe(`_${name}`);
    expect(folderName(name)).toBe(`_${name}`);
  });

  test.each(['console', 'com10', 'null', 'lpt'])('may begin like a device: %s', (name) => {
    expect(fileStem(name)).toBe(name);
  });

  test.each(['', '.', '..', '.git', '-rf'])(
    "is neither hidden, nor a way out, nor an option: '%s'",
    (name) => {
      expect(fileStem(name)).toBe(`_${name}`);
    },
  );

  test.each(['kustomization', 'Chart', 'cdk8s'])(
    'of a YAML file is not one that tools read a meaning into: %s',
    (name) => {
      expect(fileStem(name)).toBe(`_${name}`);
      expect(folderName(name)).toBe(name);
    },
  );

  test('of a folder never ends like a YAML file, nor with a dot', () => {
    expect(folderName('api.yaml')).toBe('api.yaml_');
    expect(folderName('api.YML')).toBe('api.YML_');
    expect(folderName('v1.')).toBe('v1._');
  });

  test('that is too long is cut, and what is cut off tells two of them apart', () => {
    const one = fileStem(`${'a'.repeat(300)}1`);
    const other = fileStem(`${'a'.repeat(300)}2`);
    expect(one).toMatch(/^a{191}-[0-9a-f]{8}$/);
    expect(other).not.toBe(one);
    expect(fileStem(`${'a'.repeat(300)}1`)).toBe(one);
    expect(fileStem('a'.repeat(200))).toBe('a'.repeat(200));
  });

  test('is portable whatever it stands for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        for (const name of [`${fileStem(text)}.yaml`, folderName(text), withHash(fileStem(text), text)]) {
          expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,209}$/);
          expect(name).not.toMatch(/\.$|^(?:con|nul|aux|prn|com\d|lpt\d)(?:\.|$)/i);
        }
      }),
    );
  });
});

test('fold tells what no file system takes for one, and joins what some do', () => {
  expect(fold('Api.yaml')).toBe(fold('api.YAML'));
  expect(fold('e\u0301')).toBe(fold('\u00e9'));
  expect(fold('api')).not.toBe(fold('app'));
});
