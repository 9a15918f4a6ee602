import type { App } from 'cdk8s';
import { Environment } from '../constructs/core/environment';
import { unreadPins } from '../constructs/core/pin';
import { optional } from '../constructs/core/props';
import { grouped } from '../kube/grouped';
import type { Manifest } from '../manifest/manifest';
import type { Clusters } from '../manifest/set';
import { ManifestSet } from '../manifest/set';
import type { Problem } from '../errors';
import { collect } from './collect';
import type { Tree } from './collect';
import { order } from './order';
import { checkOwnNames } from './own-names';
import { refuseDuplicates } from './identity';
import { connectClients } from './clients';
import { withMigrations } from './migrations';
import { render, type Rendered } from './render';
import type { Report } from './report';
import { throwAll } from './report';
import { refuseRivals } from './scalers';
import { validate } from './validate';

/**
 * Renders every object of `app`, in the order in which they can be applied: namespaces and custom resource
 * definitions first, dependencies before their dependents, and otherwise in the order of the app.
 *
 * It never writes, and returns the same set each time.
 *
 * @param app ours or cdk8s's own
 * @throws SeaworthyError with all problems of the app: props, overrides, dependency cycles, two objects with the same
 * identity, two autoscalers of one workload
 */
export function synth(app: App): ManifestSet {
  return synthesize(app, () => undefined);
}

/** @param onCollected gets how many objects there are, before any is rendered */
export function synthesize(app: App, onCollected: (objects: number) => void): ManifestSet {
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const tree = collect(app);
  onCollected(tree.objects.length);
  validate(tree, report);
  unreadPins(app).forEach(report);
  const clusters = clustersOf(tree);
  const { objects, stages } = order(tree, report);
  const rendered = render(objects, report, stages);
  const manifests = withMigrations(withClients(rendered, clusters, report), tree);
  refuseRivals(rendered, clusters, report);
  checkOwnNames(tree.objects, report);
  refuseDuplicates(manifests, report);
  throwAll(problems);
  return ManifestSet.from(manifests, clusters);
}

/** The objects, with the policies that allow more once all texts are known. */
function withClients(rendered: readonly Rendered[], clusters: Clusters, report: Report): readonly Manifest[] {
  const { changed, isolating } = connectClients(rendered, clusters, report);
  if (changed.length === 0 && isolating.size === 0) return rendered.map(({ manifest }) => manifest);
  const again = render(
    changed.map(({ placed }) => placed),
    () => undefined,
  );
  const stageOf = new Map(rendered.map(({ placed, manifest }) => [placed, manifest.stage]));
  const now = new Map(
    again.map(({ placed, manifest }) => [placed, { ...manifest, ...optional('stage', stageOf.get(placed)) }]),
  );
  const last = new Map(rendered.map((each) => [each.placed.chartPath, each]));
  const denying = grouped([...isolating], ([policy]) => policy.placed.chartPath);
  return rendered.flatMap((each) => {
    const { placed, manifest } = each;
    const own = isolating.has(each) ? [] : [now.get(placed) ?? manifest];
    if (last.get(placed.chartPath) !== each) return own;
    // At the end of its chart, a policy that denies finds those that allow applied.
    const here = denying.get(placed.chartPath) ?? [];
    return [...own, ...here.flatMap(([policy, others]) => [...others, policy.manifest])];
  });
}

function clustersOf({ constructs }: Tree): Clusters {
  const environments = constructs.filter((construct) => construct instanceof Environment);
  return new Map(environments.map(({ node, profile }) => [node.id, profile]));
}
