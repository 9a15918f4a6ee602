import { admitSet, type AdmitSetOptions } from '../../lib/check/admit-set';
import { ManifestSet } from '../../lib/manifest/set';
import { definition, integer, object, widget } from '../apiserver/admission/custom/widgets';
import { binding, deployment, policy, said } from '../apiserver/admission/policies/policies';

const sized = definition(object({ size: integer }));

describe('a custom resource in a set', () => {
  it('is judged by the definition in the set, wherever it stands', () => {
    for (const objects of [
      [sized, widget({ size: 'x' })],
      [widget({ size: 'x' }), sized],
    ])
      expect(said(objects)).toMatchObject([{ rule: 'admission/wrong-type', path: 'spec.size' }]);
  });

  it('is judged by what is in the cluster, or given beside', () => {
    const set = ManifestSet.of([widget({ size: 'x' })]);
    expect(admitSet(set, { assume: ManifestSet.of([sized]) })).toHaveLength(1);
    expect(admitSet(set, { crds: [sized] })).toMatchObject([{ path: 'spec.size' }]);
  });

  it('without a definition is worth knowing, and an error if one is strict', () => {
    expect(said([widget({})])).toMatchObject([
      { rule: 'admission/no-definition', severity: 'info', path: 'kind' },
    ]);
    expect(said([widget({})], { strict: true })).toMatchObject([{ severity: 'error' }]);
  });
});

describe('a policy', () => {
  const never = policy({ validations: [{ expression: 'false', message: 'never' }] });

  it('is in force with a binding only, wherever the two stand', () => {
    expect(said([never, deployment()])).toEqual([]);
    expect(said([deployment(), binding(), never])).toHaveLength(1);
    expect(said([deployment()], { assume: ManifestSet.of([never, binding()]) })).toHaveLength(1);
  });

  it('denies, warns or does nothing, as its binding says', () => {
    const severities = (...validationActions: string[]): string[] =>
      said([never, binding({ validationActions }), deployment()]).map(({ severity }) => severity);
    expect(severities('Deny')).toEqual(['error']);
    expect(severities('Warn', 'Audit')).toEqual(['warning']);
    expect(severities('Audit')).toEqual([]);
  });

  it('is named with its binding, in the words of the server', () => {
    const messages = (...validationActions: string[]): string[] =>
      said([never, binding({ validationActions }), deployment()]).map(({ message }) => message);
    expect(messages('Deny')).toEqual([
      "ValidatingAdmissionPolicy 'limits' with binding 'everywhere' denied request: never",
    ]);
    expect(messages('Warn')).toEqual([
      "Validation failed for ValidatingAdmissionPolicy 'limits' with binding 'everywhere': never",
    ]);
  });

  it('is not asked about what is refused already', () => {
    expect(said([never, binding(), deployment(-1)])).toMatchObject([{ path: 'spec.replicas' }]);
  });

  it('that is refused itself is not in force', () => {
    const broken = policy({ validations: [{ expression: '' }] });
    expect(said([broken, binding(), deployment()])).toMatchObject([{ id: { name: 'limits' } }]);
  });
});

it('takes each environment for a cluster of its own, with the release of its profile', () => {
  const inEnvironment = (environment: string, ...objects: object[]) =>
    [...ManifestSet.of(objects)].map((manifest) => ({ ...manifest, origin: { environment } }));
  const flowSchema = {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3', // gone in 1.32
    kind: 'FlowSchema',
    metadata: { name: 'a' },
  };
  const set = ManifestSet.from(
    [...inEnvironment('old', flowSchema, sized), ...inEnvironment('new', flowSchema, widget({ size: 'x' }))],
    new Map([['old', { kubernetes: '1.31' }]]),
  );
  const found = (options: AdmitSetOptions) =>
    admitSet(set, options).map(({ rule, origin }) => `${origin?.environment}: ${rule}`);
  expect(found({})).toEqual([
    'new: admission/unserved-kind',
    'new: admission/no-definition',
    'old: admission/required',
  ]);
  expect(found({ kubernetes: '1.33', crds: [sized] })).toEqual([
    'new: admission/unserved-kind',
    'new: admission/wrong-type',
    'old: admission/unserved-kind',
  ]);
});

it('names the line of each field', () => {
  const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 1}\n';
  expect(admitSet(ManifestSet.parse(yaml, { source: 'a.yaml' }))).toMatchObject([
    { path: 'data.a', origin: { source: 'a.yaml:4' } },
  ]);
});
