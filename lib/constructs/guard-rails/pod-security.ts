import type { Reporter } from '../core/problems';
import { optional, shown } from '../core/props';
import { anyOf, choice, constant, record, text } from '../core/shapes';
import type { SecurityProfile } from '../workloads/container/security';
import { SECURITY_PROFILES } from '../workloads/container/security';

/** Levels of the Pod Security Standards, by what the API server does with pods that violate them. */
export interface PodSecurity {
  /** Rejects the pods. @default nothing is rejected */
  readonly enforce?: SecurityProfile;
  /** Warns whoever applies the pods or their workload. @default no warnings */
  readonly warn?: SecurityProfile;
  /** Writes an annotation to the audit log. @default none */
  readonly audit?: SecurityProfile;
  /** Release whose version of the standards counts: `'1.33'`. @default the cluster's own release */
  readonly version?: string;
}

const LEVEL = choice(SECURITY_PROFILES);

export const POD_SECURITY = anyOf<SecurityProfile | PodSecurity | false>([
  constant(false),
  LEVEL,
  record<PodSecurity>(
    { enforce: LEVEL, warn: LEVEL, audit: LEVEL, version: text },
    { example: "{ enforce: 'baseline', warn: 'restricted' }" },
  ),
]);

const PREFIX = 'pod-security.kubernetes.io/';
const MODES = ['enforce', 'warn', 'audit'] as const;

/** The labels that Pod Security admission reads. */
export function podSecurityLabels(
  given: SecurityProfile | PodSecurity | false = 'restricted',
): Readonly<Record<string, string>> {
  if (given === false) return {};
  const levels: PodSecurity = typeof given === 'string' ? { enforce: given } : given;
  const version = levels.version?.replace(/^(?=\d)/, 'v');
  return Object.assign(
    {},
    ...MODES.filter((mode) => levels[mode] !== undefined).map((mode) => ({
      ...optional(`${PREFIX}${mode}`, levels[mode]),
      ...optional(`${PREFIX}${mode}-version`, version),
    })),
  ) as Record<string, string>;
}

/** Whether the API server refuses pods that violate the level `baseline`, as those with the capability NET_ADMIN do. */
export function enforcesBaseline(given: SecurityProfile | PodSecurity | false = 'restricted'): boolean {
  if (given === false) return false;
  const { enforce = 'privileged' } = typeof given === 'string' ? { enforce: given } : given;
  return enforce !== 'privileged';
}

/** Reports a version that Pod Security admission does not know. */
export function checkPodSecurity(
  given: SecurityProfile | PodSecurity | false | undefined,
  report: Reporter,
): void {
  if (typeof given !== 'object' || given.version === undefined) return;
  if (/^(latest|v?1\.\d+)$/.test(given.version)) return;
  const message = `Invalid value: ${shown(given.version)}: expected a release such as '1.33', or 'latest'`;
  report({ code: 'INVALID_PROP', path: 'version', message });
}
