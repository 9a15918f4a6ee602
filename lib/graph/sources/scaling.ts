import { groupOf } from '../../manifest/manifest';
import type { Field } from '../../manifest/field';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';
import { selectorAt, selectsAll } from '../selectors';

/** The group of what a scaler names without saying its version, by kind. */
const CORE: ReadonlySet<string> = new Set(['Pod', 'ReplicationController']);

/** What a HorizontalPodAutoscaler scales, and the objects that its metrics describe. */
export const horizontal: ReferenceSource = (collect, object) => {
  ofTarget(collect, object.at('spec', 'scaleTargetRef'));
  for (const metric of object.list('spec', 'metrics')) {
    ofTarget(collect, metric.at('object', 'describedObject'), 'other');
  }
};

export const vertical: ReferenceSource = (collect, object) =>
  ofTarget(collect, object.at('spec', 'targetRef'));

/** What KEDA scales, a Deployment unless it says otherwise, and the logins of its triggers. */
export const scaledObject: ReferenceSource = (collect, object) => {
  ofTarget(collect, object.at('spec', 'scaleTargetRef'), 'scale-target', 'Deployment');
  for (const trigger of object.list('spec', 'triggers')) ofLogin(collect, trigger.at('authenticationRef'));
};

export const scaledJob: ReferenceSource = (collect, object) => {
  for (const trigger of object.list('spec', 'triggers')) ofLogin(collect, trigger.at('authenticationRef'));
};

function ofLogin(collect: ReferenceCollector, ref: Field): void {
  const kind = ref.at('kind').text || 'TriggerAuthentication';
  const name = ref.at('name').text;
  const target = { group: 'keda.sh', kind, name };
  collect.name(
    'other',
    ref.at('name'),
    kind === 'TriggerAuthentication' ? { ...target, namespace: collect.namespace } : target,
  );
}

/** The Secrets that KEDA logs in with. */
export const triggerAuthentication: ReferenceSource = (collect, object) => {
  const { namespace } = collect;
  for (const ref of object.list('spec', 'secretTargetRef')) {
    const target = { group: '', kind: 'Secret', namespace, name: ref.at('name').text };
    collect.name('secret', ref.at('name'), target, { part: { type: 'key', at: ref.at('key') } });
  }
};

function ofTarget(
  collect: ReferenceCollector,
  ref: Field,
  role: 'scale-target' | 'other' = 'scale-target',
  usual = '',
): void {
  const kind = ref.at('kind').text || usual;
  const group = groupOf(ref.at('apiVersion').text || (CORE.has(kind) ? 'v1' : 'apps/v1'));
  collect.name(role, ref.at('name'), {
    group,
    kind,
    namespace: collect.namespace,
    name: ref.at('name').text,
  });
}

/** The pods that a budget keeps. */
export const disruptionBudget: ReferenceSource = (collect, object) => {
  const at = object.at('spec', 'selector');
  const selector = selectorAt(at);
  if (selector !== undefined && !selectsAll(selector))
    collect.pods('budget-pods', at, selector, [collect.namespace]);
};
