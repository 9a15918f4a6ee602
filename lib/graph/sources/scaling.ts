import { groupOf } from '../../manifest/manifest';
import type { Place } from '../place';
import { selectorAt, selectsAll, type Seeing, type Source } from '../seeing';

/** The group of what a scaler names without saying its version, by kind. */
const CORE: ReadonlySet<string> = new Set(['Pod', 'ReplicationController']);

/** What a HorizontalPodAutoscaler scales, and the objects that its metrics describe. */
export const horizontal: Source = (see, object) => {
  ofTarget(see, object.at('spec', 'scaleTargetRef'));
  for (const metric of object.list('spec', 'metrics')) {
    ofTarget(see, metric.at('object', 'describedObject'), 'other');
  }
};

export const vertical: Source = (see, object) => ofTarget(see, object.at('spec', 'targetRef'));

/** What KEDA scales, a Deployment unless it says otherwise, and the logins of its triggers. */
export const scaledObject: Source = (see, object) => {
  ofTarget(see, object.at('spec', 'scaleTargetRef'), 'scale-target', 'Deployment');
  for (const trigger of object.list('spec', 'triggers')) ofLogin(see, trigger.at('authenticationRef'));
};

export const scaledJob: Source = (see, object) => {
  for (const trigger of object.list('spec', 'triggers')) ofLogin(see, trigger.at('authenticationRef'));
};

function ofLogin(see: Seeing, ref: Place): void {
  const kind = ref.at('kind').text || 'TriggerAuthentication';
  const name = ref.at('name').text;
  const target = { group: 'keda.sh', kind, name };
  see.name(
    'other',
    ref.at('name'),
    kind === 'TriggerAuthentication' ? { ...target, namespace: see.namespace } : target,
  );
}

/** The Secrets that KEDA logs in with. */
export const triggerAuthentication: Source = (see, object) => {
  const { namespace } = see;
  for (const ref of object.list('spec', 'secretTargetRef')) {
    const target = { group: '', kind: 'Secret', namespace, name: ref.at('name').text };
    see.name('secret', ref.at('name'), target, { part: { type: 'key', at: ref.at('key') } });
  }
};

function ofTarget(
  see: Seeing,
  ref: Place,
  role: 'scale-target' | 'other' = 'scale-target',
  usual = '',
): void {
  const kind = ref.at('kind').text || usual;
  const group = groupOf(ref.at('apiVersion').text || (CORE.has(kind) ? 'v1' : 'apps/v1'));
  see.name(role, ref.at('name'), { group, kind, namespace: see.namespace, name: ref.at('name').text });
}

/** The pods that a budget keeps. */
export const disruptionBudget: Source = (see, object) => {
  const at = object.at('spec', 'selector');
  const selector = selectorAt(at);
  if (at.isSet && !selectsAll(selector)) see.pods('budget-pods', at, selector, [see.namespace]);
};
