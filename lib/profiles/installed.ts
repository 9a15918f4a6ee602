import { software, type Software } from '../kube/custom/software';
import type { GatewayApi } from './gateway-api';

/** Software in the cluster that constructs can make use of. The Gateway API has a field of its own. */
export type Installed = Exclude<Software, 'gateway-api'>;

export const INSTALLABLE: readonly Installed[] = (Object.keys(software) as Software[])
  .filter((name) => name !== 'gateway-api')
  .sort();

/** Its name, as people call it. */
export function nameOfInstalled(name: Installed): string {
  return software[name].name;
}

/** What is installed: names, or names with a release, `true` where it is not known which. */
export type Installation = readonly Installed[] | Readonly<Partial<Record<Installed, string | true>>>;

/** What a profile says of software. */
interface SoftwareOfCluster {
  readonly installed?: Installation;
  readonly gatewayApi?: GatewayApi;
}

/** Whether a cluster with this profile has `name`. */
export function isInstalled({ installed = [] }: SoftwareOfCluster, name: Installed): boolean {
  return isList(installed) ? installed.includes(name) : installed[name] !== undefined;
}

/** The release of `name` in a cluster: `2.18`; `undefined` where the profile does not say. */
export function releaseIn(
  { installed = [], gatewayApi }: SoftwareOfCluster,
  name: Software,
): string | undefined {
  if (name === 'gateway-api') return gatewayApi?.version;
  if (isList(installed)) return undefined;
  const release = installed[name];
  return release === true ? undefined : release;
}

/** Whether the release of `name` in a cluster is known to be before `since`: `2.19`. */
export function isReleaseBefore(profile: SoftwareOfCluster, name: Software, since: string): boolean {
  const minor = /^v?(\d+\.\d+)/.exec(releaseIn(profile, name) ?? '')?.[1];
  if (minor === undefined) return false;
  const [[major = 0, own = 0], [other = 0, first = 0]] = [minor, since].map((each) =>
    each.split('.').map(Number),
  ) as [number[], number[]];
  return major === other ? own < first : major < other;
}

function isList(installed: Installation): installed is readonly Installed[] {
  return Array.isArray(installed);
}
