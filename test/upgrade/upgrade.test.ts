import { ManifestSet, SeaworthyError, upgrade, type UpgradeOptions } from '../../lib';
import { BEHAVIOUR_NOTES } from '../../lib/upgrade/notes';
import { tagsIn } from '../../scripts/upstream/tags';
import type { Paint } from '../../lib/report/paint';
import { UPGRADE_FORMATS } from '../../lib/report/upgrade/formats';

const container = { name: 'a', image: 'a:1' };

function pod(spec: object): object {
  const metadata = { name: 'p', namespace: 'shop' };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [container], ...spec } };
}

function way(object: object, options: UpgradeOptions) {
  const [cluster] = upgrade(ManifestSet.of([object]), options).clusters;
  const found = cluster?.objects[0];
  if (found === undefined) throw new Error('nothing was judged');
  return found;
}

const FLOW = {
  apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3',
  kind: 'FlowSchema',
  metadata: { name: 'f' },
  spec: { priorityLevelConfiguration: { name: 'global-default' } },
};

it('says from which release on an API version is gone', () => {
  const { verdicts, first, last, changes } = way(FLOW, { from: '1.30', to: '1.33' });
  expect(verdicts.get('1.32')).toBe('removed');
  expect([first, last]).toEqual(['1.30', '1.31']);
  expect(changes).toContainEqual(
    expect.objectContaining({ kubernetes: '1.32', kind: 'removed', severity: 'error', path: 'apiVersion' }),
  );
});

it.each([
  ['admissionregistration.k8s.io/v1beta1', 'off'],
  ['admissionregistration.k8s.io/v1', 'future'],
])(
  'tells a version that is not served by default, or not yet, from a removed one: %s is %s',
  (apiVersion, kind) => {
    const binding = {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'b' },
      spec: { policyName: 'p', validationActions: ['Deny'] },
    };
    const { verdicts, already } = way(binding, { from: '1.28', to: '1.29' });
    expect(verdicts.get('1.29')).toBe(kind);
    expect(already).toMatchObject([{ kind, severity: 'error', path: 'apiVersion' }]);
  },
);

it('tells a field that is dropped from the release in which it begins to work', () => {
  const { verdicts, already, changes } = way(pod({ hostUsers: false }), { from: '1.31', to: '1.34' });
  expect([...verdicts]).toEqual([
    ['1.31', 'dropped'],
    ['1.32', 'dropped'],
    ['1.33', 'ok'],
    ['1.34', 'ok'],
  ]);
  expect(already).toMatchObject([{ kind: 'dropped', path: 'spec.hostUsers' }]);
  expect(changes).toMatchObject([{ kubernetes: '1.33', kind: 'keeps', path: 'spec.hostUsers' }]);
});

it('says what is defaulted otherwise', () => {
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'j', namespace: 'shop' },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [container] } } },
  };
  expect(way(job, { from: '1.28', to: '1.29' }).changes).toMatchObject([
    {
      kind: 'defaulted',
      path: 'spec.podReplacementPolicy',
      message: 'Kubernetes 1.29 sets "TerminatingOrFailed"',
    },
  ]);
});

it('does not say that a release sets zero where that is the same as nothing', () => {
  const controller = {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: { name: 'r', namespace: 'shop' },
    spec: {
      selector: { app: 'r' },
      template: { metadata: { labels: { app: 'r' } }, spec: { containers: [container] } },
    },
  };
  expect(way(controller, { from: '1.27', to: '1.37' }).changes).toEqual([]);
});

it.each([
  ['quantity(self).isInteger()', 'CEL has `quantity` from Kubernetes 1.29 on.'],
  ["[self].transformList(i, v, v) == ['a']", 'CEL has `transformList` from Kubernetes 1.33 on.'],
])('says of the rule %s which release has its function', (rule, hint) => {
  const spec = { type: 'string', maxLength: 9, 'x-kubernetes-validations': [{ rule }] };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
        },
      ],
    },
  };
  const { already, verdicts } = way(definition, { from: '1.28', to: '1.33' });
  expect([verdicts.get('1.28'), verdicts.get('1.33')]).toEqual(['refused', 'ok']);
  expect(already.flatMap((change) => change.hint ?? [])).toContain(hint);
});

it('accepts from a release on what those before refuse', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 's', namespace: 'shop' },
    spec: { type: 'ClusterIP', ports: [{ port: 80 }], trafficDistribution: 'PreferSameZone' },
  };
  const { changes, first } = way(service, { from: '1.31', to: '1.35' });
  expect(first).toBe('1.34');
  expect(changes.map(({ kubernetes, kind }) => [kubernetes, kind])).toContainEqual(['1.34', 'accepted']);
});

it('notes what nodes do otherwise, with a source, at the path in the object', () => {
  const volumes = [{ name: 'v', gitRepo: { repository: 'https://git.example/r' } }];
  const { changes } = way(pod({ volumes }), { from: '1.32', to: '1.33' });
  const source = expect.stringContaining('GitRepoVolumeDriver') as string;
  expect(changes.filter(({ kind }) => kind === 'behaves')).toMatchObject([
    { path: 'spec.volumes[0].gitRepo', source },
  ]);
  expect(way(pod({ volumes }), { from: '1.33', to: '1.34' }).changes).toEqual([]);
});

it('has a source for each note, as tags name one', () => {
  const text = BEHAVIOUR_NOTES.map(({ source }) => `@source ${source}`).join('\n');
  const { sources, malformed } = tagsIn(text, 'notes');
  expect(malformed).toEqual([]);
  expect(sources).toHaveLength(BEHAVIOUR_NOTES.length);
});

it('names the release at which nodes that stay are too old', () => {
  const { clusters } = upgrade(ManifestSet.of([pod({})]), { from: '1.31', to: '1.35', nodes: '1.31' });
  expect(clusters[0]?.skew).toEqual([
    {
      kubernetes: '1.35',
      message: 'nodes of 1.31 are too old: upgrade them to 1.32 or later before the control plane',
      source: 'https://kubernetes.io/releases/version-skew-policy/',
    },
  ]);
});

it.each<[UpgradeOptions, string]>([
  [{ from: '1.99' }, 'UNKNOWN_KUBERNETES'],
  [{ from: '1.31', to: '0.1' }, 'UNKNOWN_KUBERNETES'],
  [{ from: '1.34', to: '1.31' }, 'INVALID_UPGRADE'],
  [{ to: '1.31' }, 'INVALID_UPGRADE'],
])('%j is %s', (options, code) => {
  let failure: unknown;
  try {
    upgrade(ManifestSet.of([pod({})]), options);
  } catch (error) {
    failure = error;
  }
  expect(failure instanceof SeaworthyError && failure.problems[0].code).toBe(code);
});

describe('the report', () => {
  const same = (text: string): string => text;
  const paint: Paint = {
    bold: same,
    dim: same,
    red: same,
    yellow: same,
    green: same,
    blue: same,
    cyan: same,
  };
  const printed = (name: string, more: readonly object[] = []): string => {
    const set = ManifestSet.of([FLOW, pod({ hostUsers: false }), ...more]);
    const { manifests } = set;
    const parts = upgrade(set, { from: '1.31', to: '1.33', nodes: '1.29' }).clusters.map((each) => ({
      ...each,
      manifests,
    }));
    const format = UPGRADE_FORMATS.find((each) => each.name === name);
    return format?.print({ version: '0', parts, fallback: 'deploy' }, paint) ?? '';
  };

  it('shows the matrix, and a section a release', () => {
    const text = printed('text');
    expect(text).toMatch(/FlowSchema f +warned +removed +removed\n/);
    expect(text).toMatch(/Pod shop\/p +dropped +dropped +ok\n/);
    expect(text).toContain('\n1.32\n  no longer served: FlowSchema f apiVersion\n');
    expect(text).toContain('\n1.33\n  begins to work: Pod shop/p spec.hostUsers\n');
  });

  it('counts the other objects where there are some', () => {
    expect(printed('text')).not.toContain('other object');
    expect(printed('text', [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }])).toContain(
      '\n1 other object: every release takes it as it is, as far as is known.\n',
    );
  });

  it('counts parts with nothing to look at, and shows the others', () => {
    const [loud, quiet] = [[FLOW], [pod({})]].map((objects) => {
      const set = ManifestSet.of(objects);
      return { set, parts: upgrade(set, { from: '1.31', to: '1.33' }).clusters };
    });
    const parts = [loud, quiet, quiet].flatMap((each, index) =>
      (each?.parts ?? []).map((part) => ({
        ...part,
        folder: `f-${index}`,
        manifests: each?.set.manifests ?? [],
      })),
    );
    for (const name of ['text', 'markdown']) {
      const format = UPGRADE_FORMATS.find((each) => each.name === name);
      const said = format?.print({ version: '0', parts, fallback: 'deploy' }, paint) ?? '';
      expect(said).toContain(
        '2 other parts with 2 objects: every release takes them as they are, as far as is known.',
      );
      expect(said).toContain('f-0');
      expect(said).not.toContain('f-1');
    }
  });

  it('has the rules of version skew with their source, in SARIF too', () => {
    const said = 'nodes of 1.29 are too old: upgrade them to 1.30 or later before the control plane';
    const source = 'https://kubernetes.io/releases/version-skew-policy/';
    expect(printed('text')).toContain(`\n  nodes: ${said}\n    source: ${source}\n`);
    const { runs } = JSON.parse(printed('sarif')) as { runs: { results: { ruleId: string }[] }[] };
    expect(runs[0]?.results.filter(({ ruleId }) => ruleId === 'upgrade/skew')).toMatchObject([
      { level: 'error', message: { text: `Node *: from Kubernetes 1.33 on: ${said} (${source})` } },
    ]);
  });

  it('is Markdown for an issue', () => {
    expect(printed('markdown')).toContain('| `FlowSchema f` | warned | removed | removed |');
  });

  it('is JSON with stable names', () => {
    const { clusters } = JSON.parse(printed('json')) as { clusters: { objects: object[] }[] };
    expect(clusters[0]?.objects[1]).toMatchObject({ first: '1.31', verdicts: { '1.33': 'ok' } });
  });

  it('is SARIF with a rule for each kind of change', () => {
    expect(printed('sarif')).toMatch(/"ruleId": ?"upgrade\/removed"/);
  });
});
