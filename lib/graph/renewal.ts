import type { Pods } from './pods';

/** Annotations by which controllers such as Reloader start pods anew when their configuration changes. */
const RELOADERS = [
  'reloader.stakater.com/',
  'configmap.reloader.stakater.com/',
  'secret.reloader.stakater.com/',
];

/**
 * Whether something starts the pods anew when their configuration changes: an annotation of the pods that follows its
 * content, as Helm's guide has it (`checksum/config`), or a controller that watches.
 */
export function isRenewed({ root, metadata }: Pods): boolean {
  const ofPods = metadata.child('annotations').entries;
  const ofWorkload = root.child('metadata').child('annotations').entries;
  return (
    ofPods.some(({ name }) => /checksum|hash|digest|sha256|config-?version/i.test(name)) ||
    [...ofPods, ...ofWorkload].some(({ name }) => RELOADERS.some((prefix) => name.startsWith(prefix)))
  );
}
