import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { changesBetween, wrongTags } from '../../scripts/upstream/compare';
import type { Lookup } from '../../scripts/upstream/compare';
import { tagsBelow, tagsIn } from '../../scripts/upstream/tags';

const ROOT = join(__dirname, '../..');

describe('a tag', () => {
  it('names a module, a file, its declarations and the release', () => {
    const text = [
      '/**',
      ' * Ports.',
      ' * @source k8s.io/kubernetes pkg/a/b.go ValidateA, Rest.Create 1.36',
      ' */',
    ];
    expect(tagsIn(text.join('\n'), 'lib/a.ts')).toEqual({
      sources: [
        {
          module: 'k8s.io/kubernetes',
          file: 'pkg/a/b.go',
          names: ['ValidateA', 'Rest.Create'],
          release: '1.36',
          at: 'lib/a.ts:3',
        },
      ],
      malformed: [],
    });
  });

  it('may be all of a comment', () => {
    expect(tagsIn('/** @source k8s.io/api core/v1/types.go PodSpec 1.27 */', 'a.ts').sources).toHaveLength(1);
  });

  it.each([
    '@source k8s.io/kubernetes pkg/a/b.go ValidateA',
    '@source k8s.io/kubernetes pkg/a/b ValidateA 1.36',
    '@source kubernetes pkg/a/b.go ValidateA 1.36',
    '@source k8s.io/kubernetes pkg/a/b.go 1.36',
    '@source k8s.io/kubernetes pkg/a/b.go ValidateA ValidateB 1.36',
    '@source k8s.io/kubernetes pkg/a/b.go ValidateA v1.36.2',
  ])('is not %s', (line) => {
    expect(tagsIn(` * ${line}`, 'a.ts')).toEqual({ sources: [], malformed: [`a.ts:1: * ${line}`] });
  });
});

describe('the facts of the API server', () => {
  const rooms = ['lib/apiserver', 'lib/kube'].map((room) => tagsBelow(ROOT, room));

  it('have no tag that cannot be read', () => {
    expect(rooms.flatMap(({ malformed }) => malformed)).toEqual([]);
  });

  /** Files that say how rules are written and found, and none of what they say. */
  const WITHOUT = [
    'lib/apiserver/admission/rules/kind-rule.ts',
    'lib/apiserver/admission/rules/registry.ts',
    'lib/apiserver/defaults/index.ts',
    'lib/apiserver/defaults/plain.ts',
    'lib/apiserver/kinds/kind-update.ts',
    'lib/apiserver/kinds/registry.ts',
  ];

  it.each(['lib/apiserver/admission/rules', 'lib/apiserver/defaults', 'lib/apiserver/kinds'])(
    'each name their source in %s',
    (folder) => {
      const files = (readdirSync(join(ROOT, folder), { recursive: true }) as string[])
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => `${folder}/${file}`);
      const tagged = new Set(
        tagsBelow(ROOT, folder).sources.map(({ at }) => at.slice(0, at.lastIndexOf(':'))),
      );
      expect(files.length).toBeGreaterThan(10);
      expect(files.filter((file) => !tagged.has(file) && !WITHOUT.includes(file))).toEqual([]);
    },
  );
});

describe('comparing two releases', () => {
  const known: Readonly<Record<string, readonly [file: string, digest: string]>> = {
    '1.35 Same': ['a.go', '1'],
    '1.36 Same': ['a.go', '1'],
    '1.35 Changed': ['a.go', '1'],
    '1.36 Changed': ['a.go', '2'],
    '1.35 Moved': ['a.go', '1'],
    '1.36 Moved': ['b.go', '1'],
    '1.35 Gone': ['a.go', '1'],
    '1.36 New': ['a.go', '1'],
    '1.30 Old': ['a.go', '1'],
  };
  const lookup: Lookup = (release, _module, _file, name) => {
    const found = known[`${release} ${name}`];
    return found && { file: found[0], digest: found[1], code: `code ${found[1]}` };
  };
  const tag = (at: string, name: string, release = '1.36') => ({
    module: 'm.io/m',
    file: 'a.go',
    names: [name],
    release,
    at,
  });

  it('lists what changed, moved, went and came, once each, with every tag that names it', () => {
    const names = ['Same', 'Changed', 'Moved', 'Gone', 'New', 'Old'];
    const sources = [...names.map((name) => tag(`${name}.ts:1`, name)), tag('other.ts:2', 'Changed')];
    const base = { module: 'm.io/m', file: 'a.go' };
    expect(changesBetween(sources, '1.35', '1.36', lookup)).toEqual([
      {
        ...base,
        name: 'Changed',
        kind: 'changed',
        users: ['Changed.ts:1', 'other.ts:2'],
        code: ['code 1', 'code 2'],
      },
      { ...base, name: 'Gone', kind: 'gone', users: ['Gone.ts:1'], code: ['code 1', ''] },
      {
        ...base,
        name: 'Moved',
        kind: 'moved',
        to: 'b.go',
        users: ['Moved.ts:1'],
        code: ['code 1', 'code 1'],
      },
      { ...base, name: 'New', kind: 'new', users: ['New.ts:1'], code: ['', 'code 1'] },
    ]);
  });

  it('finds tags whose file does not declare the name at the release of the tag', () => {
    const sources = [tag('a.ts:1', 'Old', '1.30'), tag('a.ts:2', 'Old'), tag('a.ts:3', 'Moved')];
    expect(wrongTags(sources, lookup)).toEqual([
      'a.ts:2: m.io/m a.go does not declare Old in 1.36; no file of the module does',
      'a.ts:3: m.io/m a.go does not declare Moved in 1.36; b.go does',
    ]);
  });
});
