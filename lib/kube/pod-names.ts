/** A character of a random suffix or of a hash (`alphanums` of apimachinery's util/rand): no vowels, 0, 1, 3 or y. */
const RANDOM = '[b-df-hj-np-tv-xz2-9]';

/** Longest prefix of a generated name (MaxGeneratedNameLength of apiserver's storage/names); what is longer is cut. */
const LONGEST_PREFIX = 58;

/** Digits of the pod-template-hash (ComputeHash of the controllers): a 32-bit number, each digit a character. */
const HASH_LENGTH = 10;

/**
 * A regular expression, in the syntax of RE2, that matches the names of the pods of a workload, and those of others only
 * where their names are made of the same characters. Expects to be anchored at both ends, as in PromQL.
 *
 * Sources: `GetPodFromTemplate` (generateName is the owner's name and a dash), `getPodName` of StatefulSets,
 * `podGenerateNameWithIndex` of Jobs, `getJobName` of CronJobs; Argo Rollouts makes ReplicaSets as a Deployment does.
 */
export function podNamePattern(kind: string, name: string): string {
  switch (kind) {
    case 'StatefulSet':
      return `${literal(name)}-[0-9]+`;
    case 'Deployment':
    case 'Rollout':
      return generated(name, `${RANDOM}+-`, HASH_LENGTH + 1);
    case 'CronJob':
      return generated(name, '[0-9]+-([0-9]+-)?', 'mmmmmmmm-'.length);
    case 'Job':
      return generated(name, '([0-9]+-)?', 0);
    case 'Pod':
      return literal(name);
    default:
      return generated(name, '', 0);
  }
}

/** A regular expression of the names of the Jobs of a CronJob: its name, and the minute. */
export function jobNamePattern(cronJob: string): string {
  return `${literal(cronJob)}-[0-9]+`;
}

/** A name as a regular expression. It holds no special characters but dots. */
export function literal(name: string): string {
  return name.replaceAll('.', '[.]');
}

/** @param length of what `middle` matches, at most */
function generated(name: string, middle: string, length: number): string {
  const prefix = `${name}-`;
  if (prefix.length + length <= LONGEST_PREFIX) return `${literal(prefix)}${middle}${RANDOM}{5}`;
  return `${literal(prefix.slice(0, LONGEST_PREFIX))}[a-z0-9-]*${RANDOM}{5}`;
}
