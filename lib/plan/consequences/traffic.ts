import type { Cluster } from '../../graph/cluster';
import { referencesIn } from '../../graph/references';
import { recordIn, recordsIn } from '../../apiserver/defaults/plain';
import { formatId, type Manifest } from '../../manifest/manifest';
import type { PlainRecord } from '../../manifest/data';
import { equal } from '../../apiserver/update/equal';
import { connections } from './connections';
import { hosts } from './hosts';
import type { ConsequenceRule, Step, Report } from './rule';
import { kindOf, nameOf, specOf } from './workload';

export const traffic: ConsequenceRule = {
  name: 'traffic',
  about:
    'Addresses and ports that are given up, Services that lose their pods, hosts that nobody answers for, and connections that network policies close or open.',
  run(steps, report) {
    const replaced = new Map(steps.steps.map((step) => [step.change.after, step]));
    for (const step of steps.steps) {
      if (kindOf(step) !== '/Service') continue;
      if (step.change.effect === 'deleted') serviceGone(step, steps.after, report);
      else if (step.was !== undefined && step.change.effect === 'updated') {
        addresses(step, step.was, report);
        pods(step, step.was, steps.after, replaced, report);
      }
    }
    hosts(steps, report);
    connections(steps, report);
  },
};

/** Who sends to Services that are not there, by namespace and name. */
function sendersToNowhere(after: Cluster): ReadonlyMap<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const reference of referencesIn(after).references) {
    if (reference.type !== 'names' || reference.resolution !== 'missing') continue;
    const { kind, namespace, name } = reference.target;
    if (kind !== 'Service') continue;
    const key = `${namespace ?? 'default'}/${name}`;
    found.set(key, (found.get(key) ?? new Set<string>()).add(formatId(reference.from.id)));
  }
  return found;
}

function serviceGone(step: Step, after: Cluster, report: Report): void {
  const { id } = step.change;
  const senders = after.derived(sendersToNowhere).get(`${id.namespace ?? 'default'}/${id.name}`);
  const names = [...(senders ?? [])];
  const message = `${nameOf(step)} is deleted: its name and its address no longer lead anywhere`;
  if (names.length === 0) report(step, 'warning', `${message}.`);
  else
    report(
      step,
      'error',
      `${message}, and ${names.join(' and ')} still ${names.length === 1 ? 'names' : 'name'} it.`,
    );
}

function addresses(step: Step, was: PlainRecord, report: Report): void {
  const [spec, before] = [specOf(step), recordIn(was, 'spec') ?? {}];
  const name = nameOf(step);
  const [type, old] = [String(spec['type']), String(before['type'])];
  if (type !== old) {
    if (old === 'LoadBalancer')
      report(
        step,
        'warning',
        `${name} gives up its load balancer and the address of that: it becomes ${type}.`,
      );
    else if (old === 'NodePort' && type !== 'LoadBalancer')
      report(step, 'warning', `${name} gives up its node ports: it becomes ${type}.`);
    if (type === 'ExternalName')
      report(
        step,
        'warning',
        `${name} gives up its cluster IP, and is from now on an alias of ${String(spec['externalName'])}.`,
      );
    if (type === 'LoadBalancer')
      report(step, 'info', `${name} gets a load balancer, and can be reached from outside.`);
  }
  const ports = new Set(recordsIn(spec, 'ports').map(portOf));
  const lost = recordsIn(before, 'ports')
    .map(portOf)
    .filter((port) => !ports.has(port));
  if (lost.length > 0) report(step, 'warning', `${name} no longer listens on ${lost.join(' and ')}.`);
  for (const port of recordsIn(spec, 'ports')) {
    const same = recordsIn(before, 'ports').find((each) => portOf(each) === portOf(port));
    const [nodePort, oldPort] = [port['nodePort'], same?.['nodePort']];
    if (typeof oldPort !== 'number' || typeof nodePort !== 'number' || oldPort === nodePort) continue;
    report(step, 'warning', `${name} moves from node port ${oldPort} to ${nodePort} for ${portOf(port)}.`);
  }
}

/** `80/TCP`. */
function portOf(port: PlainRecord): string {
  return `${String(port['port'])}/${String(port['protocol'])}`;
}

/** Where a selector changes, what it leads to from now on. */
function pods(
  step: Step,
  was: PlainRecord,
  after: Cluster,
  steps: ReadonlyMap<Manifest | undefined, Step>,
  report: Report,
): void {
  const { after: manifest } = step.change;
  const [selector, old] = [specOf(step), recordIn(was, 'spec') ?? {}].map(
    (spec) => recordIn(spec, 'selector') ?? {},
  );
  if (manifest === undefined || selector === undefined || equal(selector, old)) return;
  if (Object.keys(selector).length === 0) {
    return report(
      step,
      'warning',
      `${nameOf(step)} selects no pods any more: somebody else has to say where it leads.`,
    );
  }
  const found = referencesIn(after)
    .from(manifest)
    .flatMap((reference) =>
      reference.type === 'selects' && reference.role === 'service-pods' ? reference.found : [],
    );
  if (found.length === 0) {
    return report(
      step,
      'error',
      `${nameOf(step)} moves to a selector that no pods of this set have, and leads nowhere.`,
    );
  }
  for (const workload of found) {
    const own = steps.get(workload);
    if (own?.change.effect !== 'pods-replaced' || selects(selector, own.was)) continue;
    report(
      step,
      'warning',
      `${nameOf(step)} moves to a selector that only the new pods of ${nameOf(own)} have: the ones that run get nothing more, before the new ones are there.`,
    );
  }
}

function selects(selector: PlainRecord, object: PlainRecord | undefined): boolean {
  const template = recordIn(recordIn(object ?? {}, 'spec') ?? {}, 'template') ?? {};
  const labels = recordIn(recordIn(template, 'metadata') ?? {}, 'labels') ?? {};
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
