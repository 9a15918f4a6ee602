import { dnsLabel } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { labels } from '../meta';
import { overhead } from '../pod/resources';
import { tolerations } from '../pod/scheduling';
import { jsonText } from '../../../../manifest/json-text';

/** @source k8s.io/kubernetes pkg/apis/node/validation/validation.go ValidateRuntimeClass, validateOverhead, validateScheduling 1.36 */
export const runtimeClass: KindRule = {
  kind: 'node.k8s.io/RuntimeClass',
  about: 'Handler, overhead, where its pods can run.',
  check(object) {
    const handler = object.child('handler');
    if (handler.needs()) handler.must(dnsLabel);
    const fixed = object.child('overhead');
    // The server validates the amounts as limits, also in its messages.
    overhead(fixed.child('limits').holding(fixed.child('podFixed').value), fixed);
    const scheduling = object.child('scheduling');
    labels(scheduling.child('nodeSelector'));
    const list = scheduling.child('tolerations');
    // Until 1.34 the server names the list twice.
    tolerations(list.since('1.35') ? list : list.child('tolerations').holding(list.value));
    uniqueTolerations(list);
  },
};

/** @source k8s.io/kubernetes pkg/apis/node/validation/validation.go validateTolerations 1.36 */
function uniqueTolerations(list: CheckedField): void {
  const seen = new Set<string>();
  for (const toleration of list.items) {
    const key = jsonText(['key', 'operator', 'value', 'effect'].map((name) => toleration.child(name).text));
    if (seen.has(key)) toleration.duplicate();
    seen.add(key);
  }
}
