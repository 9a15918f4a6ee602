import { isDeepStrictEqual } from 'node:util';
import type { Construct } from 'constructs';
import { SeaworthyError } from '../../errors';
import { listIn } from '../../kube/deployers/marks';
import { HELM_HOOK } from '../../kube/deployers/hooks';
import { knownKind, releaseOf } from '../../kube/custom/catalog';
import { software, type Software } from '../../kube/custom/software';
import { scopeOf } from '../../kube/kinds';
import { isPlainRecord } from '../../manifest/data';
import type { HelmRelease } from '../../manifest/helm-release';
import { formatId, identify, type KubeObject } from '../../manifest/manifest';
import { plain } from '../../manifest/plain';
import { ManifestSet } from '../../manifest/set';
import { isInstalled, releaseIn } from '../../profiles/installed';
import type { ClusterProfile } from '../../profiles/cluster-profile';
import { Environment, kubernetesOf } from '../core/environment';
import type { Reporter } from '../core/problems';
import { reporter } from '../core/problems';
import { template } from './helm';

/**
 * The objects of a release, as Helm installs them to the cluster of `construct`, in the order of Helm. Those without a
 * namespace get that of the release. What helm cannot do is reported, and so is a chart that renders otherwise each time.
 */
export function renderChart(
  construct: Construct,
  release: HelmRelease,
  { folder, helm }: { readonly folder: string | undefined; readonly helm: string },
): readonly KubeObject[] {
  const report = reporter(construct);
  const { name, namespace, chart, version, repository, values = {}, crds } = release;
  const render = (): readonly KubeObject[] | undefined => {
    const outcome = template({
      ...{ helm, chart, version, repository, folder, values },
      release: name,
      namespace: namespace ?? 'default',
      kubernetes: `${kubernetesOf(construct)}.0`,
      apiVersions: apiVersionsIn(Environment.of(construct)?.profile ?? {}),
      hasCrds: crds !== 'Skip',
    });
    if ('text' in outcome) return objectsIn(outcome.text, namespace, report);
    report(outcome.problem);
    return undefined;
  };
  const objects = render();
  const again = objects && render();
  if (objects === undefined || again === undefined) return [];
  refuseRandom(objects, again, report);
  return objects;
}

function objectsIn(
  text: string,
  namespace: string | undefined,
  report: Reporter,
): readonly KubeObject[] | undefined {
  try {
    return [...ManifestSet.parse(text)]
      .filter(({ object }) => isApplied(object))
      .map(({ object }) => placed(plain(withoutNull(object)), namespace));
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    for (const { message } of error.problems)
      report({
        code: 'HELM_FAILED',
        path: 'chart',
        message: `helm template printed no Kubernetes objects: ${message}`,
      });
    return undefined;
  }
}

/** The events of hooks that come with an installation or a change. */
const APPLYING = new Set(['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade', 'crd-install']);

/** Whether an object is applied when a release is: not a hook that a deletion or a rollback runs. */
function isApplied({ metadata: { annotations } }: KubeObject): boolean {
  const events = listIn(annotations, HELM_HOOK);
  return events.length === 0 || events.some((event) => APPLYING.has(event));
}

/** Without fields that are null, which cdk8s leaves out, and which say nothing in a new object. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (!isPlainRecord(value)) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(fields.map(([key, field]) => [key, withoutNull(field)]));
}

function placed(object: KubeObject, namespace: string | undefined): KubeObject {
  const { apiVersion, kind, metadata } = object;
  const isPlaced = metadata.namespace !== undefined || scopeOf(apiVersion, kind) === 'Cluster';
  const own = isPlaced || namespace === undefined ? metadata : { ...metadata, namespace };
  // cdk8s leaves out labels and annotations where there are none.
  const fields = Object.entries(own).filter(
    ([, value]) => !isPlainRecord(value) || Object.keys(value).length > 0,
  );
  return plain({ ...object, metadata: Object.fromEntries(fields) });
}

/** Random passwords and certificates of a chart would be others with each synth. */
function refuseRandom(objects: readonly KubeObject[], again: readonly KubeObject[], report: Reporter): void {
  const different = objects.filter((object, index) => !isDeepStrictEqual(object, again[index]));
  for (const object of different)
    report({
      code: 'HELM_FAILED',
      path: 'chart',
      message: `renders ${formatId(identify(object))} otherwise each time`,
      hint: 'Set the value that the chart makes up, such as the name of a Secret that is there.',
    });
}

/** The API versions of the installed software, and their kinds, as charts ask for them. */
function apiVersionsIn(profile: ClusterProfile): readonly string[] {
  const found = new Set<string>();
  for (const [name, { kinds }] of Object.entries(software)) {
    const isThere =
      name === 'gateway-api' ? profile.gatewayApi !== undefined : isInstalled(profile, name as never);
    if (!isThere) continue;
    const release = releaseIn(profile, name as Software);
    for (const each of kinds) {
      const [group = '', kind = ''] = each.split('/');
      const known = knownKind(group, kind);
      const versions = (release === undefined ? known?.releases.at(-1) : known && releaseOf(known, release))
        ?.versions;
      for (const version of versions?.keys() ?? [])
        found.add(`${group}/${version}`).add(`${group}/${version}/${kind}`);
    }
  }
  return [...found].sort();
}
