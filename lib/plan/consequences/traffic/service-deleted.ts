import type { Cluster } from '../../../graph/cluster';
import { hostUses } from '../../../graph/hosts/all-uses';
import { referencesIn } from '../../../graph/references';
import { formatId } from '../../../manifest/manifest';
import { forEachStep } from '../rule';
import { listing, told } from '../told';
import { nameOf } from '../words';

/** More objects than this are counted in brief. */
const MOST_NAMED = 10;

export const serviceDeleted = forEachStep({
  kind: 'traffic',
  about: 'A Service is deleted, whether or not other objects still refer to it.',
  effects: ['deleted'],
  objects: ['/Service'],
  look(step, { after }, report) {
    const { id } = step.change;
    const senders = after.derived(sendersToNowhere).get(`${id.namespace ?? 'default'}/${id.name}`);
    const names = [...(senders ?? [])];
    const message = `${nameOf(step)} is deleted: its DNS name and address stop working`;
    if (names.length === 0) return report('warning', `${message}.`);
    const refer = names.length === 1 ? 'refers' : 'refer';
    report('error', told`${message}, and ${listing(names, MOST_NAMED)} still ${refer} to it.`);
  },
});

/** What refers to Services that are not there, by their namespace and name. */
function sendersToNowhere(after: Cluster): ReadonlyMap<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const reference of referencesIn(after).references) {
    if (reference.type !== 'names' || reference.resolution !== 'missing') continue;
    const { kind, namespace, name } = reference.target;
    if (kind !== 'Service') continue;
    const key = `${namespace ?? 'default'}/${name}`;
    found.set(key, (found.get(key) ?? new Set<string>()).add(formatId(reference.from.id)));
  }
  // A word is the name of a Service where there was one: hosts without a domain are no references any more.
  for (const { target, manifest, client } of hostUses(after)) {
    const key = `${target.namespace ?? 'default'}/${target.name}`;
    if (manifest === undefined)
      found.set(key, (found.get(key) ?? new Set<string>()).add(formatId(client.manifest.id)));
  }
  return found;
}
