import type { Finding } from '../../../lib/check/finding';
import type { Answer } from '../recorded';

/** Refusals by what else is in the cluster, in the words of the server. */
const REFUSED_BY_CLUSTER: readonly (readonly [reason: string, words: RegExp])[] = [
  ['no such PriorityClass in the cluster', /no PriorityClass with name \S+ was found/],
  ['the namespace exists already', /namespaces "\S+" already exists/],
  ['a label that the namespace does not have', /label on the containing namespace/],
];

/** The server allocates ports when it stores a Service, so that a dry run takes a port outside its range. */
const NODE_PORT = /^spec\.ports\[\d+\]\.nodePort$/;

/**
 * Why a verdict depends on the cluster that gave it, and not on the object; nothing for all other verdicts. Only asked
 * where ours differs: such an answer is no disagreement, and is counted on its own.
 */
export function clusterReason(create: Answer, ours: readonly Finding[]): string | undefined {
  if (!create.ok) return REFUSED_BY_CLUSTER.find(([, words]) => words.test(create.message ?? ''))?.[0];
  const isNodePort = ({ path, message }: Finding): boolean =>
    NODE_PORT.test(path) && message.includes('must be between 30000 and 32767');
  return ours.length > 0 && ours.every(isNodePort)
    ? 'a node port outside the range, which a dry run takes'
    : undefined;
}
