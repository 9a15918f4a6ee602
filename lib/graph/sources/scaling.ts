import type { Field } from '../../manifest/field';
import { triggerHosts } from '../hosts/keda-operator';
import { hasServiceForm } from '../hosts/service-host';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';
import { scaleTargetOf, targetAt } from '../scale-target';
import { selectorAt, selectsAll } from '../selectors';

/** What a HorizontalPodAutoscaler scales, and the objects that its metrics describe. */
export const horizontal: ReferenceSource = (collect, object) => {
  ofScaled(collect);
  for (const metric of object.list('spec', 'metrics')) {
    const ref = metric.at('object', 'describedObject');
    collect.name('other', ref.at('name'), targetAt(ref, collect.namespace));
  }
};

/** What a VerticalPodAutoscaler scales. */
export const vertical: ReferenceSource = (collect) => ofScaled(collect);

/** What KEDA scales, a Deployment unless it says otherwise, and the credentials of its triggers. */
export const scaledObject: ReferenceSource = (collect, object) => {
  ofScaled(collect);
  ofTriggers(collect, object);
};

export const scaledJob: ReferenceSource = (collect, object) => ofTriggers(collect, object);

/** The credentials of triggers, and the Services that KEDA asks for them. */
function ofTriggers(collect: ReferenceCollector, root: Field): void {
  for (const trigger of root.list('spec', 'triggers'))
    ofCredentials(collect, trigger.at('authenticationRef'));
  for (const { target, manifest, text, mention } of triggerHosts(collect.world, {
    manifest: collect.from,
    root,
  }))
    if (manifest !== undefined || hasServiceForm(mention)) collect.name('service-host', text.at, target);
}

function ofCredentials(collect: ReferenceCollector, ref: Field): void {
  const kind = ref.at('kind').text || 'TriggerAuthentication';
  const name = ref.at('name').text;
  const target = { group: 'keda.sh', kind, name };
  collect.name(
    'other',
    ref.at('name'),
    kind === 'TriggerAuthentication' ? { ...target, namespace: collect.namespace } : target,
  );
}

/** The Secrets and ConfigMaps with the credentials of a trigger. */
export const triggerAuthentication: ReferenceSource = (collect, object) => {
  const { namespace } = collect;
  for (const ref of object.list('spec', 'configMapTargetRef')) {
    const target = { group: '', kind: 'ConfigMap', namespace, name: ref.at('name').text };
    collect.name('config-map', ref.at('name'), target, { part: { type: 'key', at: ref.at('key') } });
  }
  for (const ref of object.list('spec', 'secretTargetRef')) {
    const target = { group: '', kind: 'Secret', namespace, name: ref.at('name').text };
    collect.name('secret', ref.at('name'), target, { part: { type: 'key', at: ref.at('key') } });
  }
};

function ofScaled(collect: ReferenceCollector): void {
  const scale = scaleTargetOf(collect.from);
  if (scale !== undefined) collect.name('scale-target', scale.name, scale.target);
}

/** The pods that a budget keeps. */
export const disruptionBudget: ReferenceSource = (collect, object) => {
  const at = object.at('spec', 'selector');
  const selector = selectorAt(at);
  if (selector !== undefined && !selectsAll(selector))
    collect.pods('budget-pods', at, selector, [collect.namespace]);
};
