import type { Field } from '../../manifest/field';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';

/** The Services that answer for a webhook configuration. */
export const webhooks: ReferenceSource = (collect, object) => {
  for (const hook of object.list('webhooks')) ofService(collect, hook.at('clientConfig', 'service'));
};

/** The Service behind an aggregated API. */
export const apiService: ReferenceSource = (collect, object) =>
  ofService(collect, object.at('spec', 'service'));

/** The Service that converts the versions of a custom resource. */
export const definition: ReferenceSource = (collect, object) =>
  ofService(collect, object.at('spec', 'conversion', 'webhook', 'clientConfig', 'service'));

/** The default port (`ServiceReference.port` of admissionregistration, apiregistration and apiextensions). */
const HTTPS = 443;

function ofService(collect: ReferenceCollector, ref: Field): void {
  const [name, port] = [ref.at('name'), ref.at('port')];
  const namespace = ref.at('namespace').text;
  const target = { group: '', kind: 'Service', namespace, name: name.text };
  collect.name('hook-service', name, target, {
    part: { type: 'port', at: port.isSet ? port : name.holding(HTTPS) },
  });
}

const ADMISSION = 'admissionregistration.k8s.io';

/** The policy that a binding enables. */
export const policyBinding =
  (kind: string): ReferenceSource =>
  (collect, object) => {
    const at = object.at('spec', 'policyName');
    collect.name('other', at, { group: ADMISSION, kind, name: at.text });
  };

/** The level that a flow of requests belongs to. */
export const flowSchema: ReferenceSource = (collect, object) => {
  const at = object.at('spec', 'priorityLevelConfiguration', 'name');
  const kind = 'PriorityLevelConfiguration';
  collect.name('other', at, { group: 'flowcontrol.apiserver.k8s.io', kind, name: at.text });
};
