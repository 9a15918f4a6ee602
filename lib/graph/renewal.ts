import type { Pods } from './pods';

/** Annotations that make a controller such as Reloader restart pods when their configuration changes. */
const RELOADERS = [
  'reloader.stakater.com/',
  'configmap.reloader.stakater.com/',
  'secret.reloader.stakater.com/',
];

/**
 * Whether the pods are restarted when their configuration changes: by an annotation with a hash of it, such as
 * `checksum/config` of the Helm guide, or by a controller that watches it.
 */
export function isRenewed({ root, metadata }: Pods): boolean {
  const ofPods = metadata.child('annotations').entries;
  const ofWorkload = root.child('metadata').child('annotations').entries;
  return (
    ofPods.some(({ name }) => /checksum|hash|digest|sha256|config-?version/i.test(name)) ||
    [...ofPods, ...ofWorkload].some(({ name }) => RELOADERS.some((prefix) => name.startsWith(prefix)))
  );
}
