import { unknownHosts } from '../../../graph/hosts/unknown-hosts';
import { worldOf } from '../../../graph/references';
import { describeTarget } from '../../../graph/describe';
import type { Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { suggestion } from '../missing';

export const hostUnknown: Rule = {
  name: 'wiring/host-unknown',
  severity: 'error',
  about:
    'Finds hosts in environment variables, arguments, ConfigMaps and Secrets of pods, and in triggers of KEDA, that are in a namespace of the manifests, and that no Service has. A host without a dot in a URL counts where its name is close to that of a Service of the namespace, or the end of one: a warning, unless it is a letter off.',
  why: 'The name does not resolve.',
  run(cluster, report) {
    const world = worldOf(cluster);
    const judged = new Set(cluster.set);
    const reported = new Map<Manifest, Set<string>>();
    for (const { use, reference, elsewhere, near, doubt } of unknownHosts(cluster)) {
      const { target } = reference;
      const at = judged.has(use.text.manifest)
        ? { manifest: use.text.manifest, path: use.text.at.path }
        : { manifest: use.client.manifest, path: use.text.by.path };
      const names = reported.get(at.manifest) ?? new Set<string>();
      reported.set(at.manifest, names);
      const key = `${target.namespace ?? ''}/${target.name}`;
      if (names.has(key)) continue;
      names.add(key);
      const missing = `host "${use.mention.host}": ${describeTarget(target, at.manifest)} not found`;
      const said = doubt === undefined ? missing : `${missing}, but ${doubt.why}`;
      const better = near ?? (elsewhere && `${target.name}.${elsewhere}`);
      const hint = better === undefined ? undefined : `Did you mean "${better}"?`;
      if (doubt !== undefined || near !== undefined)
        report(at.manifest, at.path, said, hint ?? doubt?.remedy, 'warning');
      else report(at.manifest, at.path, said, hint ?? suggestion(world, reference).hint);
    }
  },
};
