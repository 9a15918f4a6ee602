import { BASELINE_CAPABILITIES } from '../../../kube/capabilities';
import { subPathProblem } from '../../../kube/mount';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { nonEmpty, nonEmptyRecord, optional, integer } from '../../core/props';
import { podFieldHint } from '../../core/kubernetes-words';
import type { Shapes } from '../../core/shape';
import { anyOf, choice, flag, list, mapOf, number, record, text } from '../../core/shapes';

export const SECURITY_PROFILES = ['restricted', 'baseline', 'privileged'] as const;

/** The levels of the Pod Security Standards. */
export type SecurityProfile = (typeof SECURITY_PROFILES)[number];

/** What a container may do. Each field replaces that of the profile. */
export interface ContainerSecurity {
  /** Level of the Pod Security Standards. @default 'restricted' */
  readonly profile?: SecurityProfile;
  /** User id of the processes. @default the image's */
  readonly runAsUser?: number;
  /** Group id of the processes. @default the image's */
  readonly runAsGroup?: number;
  /** Whether root is not allowed. @default true under 'restricted', else not set */
  readonly runAsNonRoot?: boolean;
  /** Whether the image's files are read-only; `/tmp` stays writable. @default true under 'restricted', else not set */
  readonly readOnlyRootFilesystem?: boolean;
  /** Whether a process may gain more privileges than its parent. @default false under 'restricted', else not set */
  readonly allowPrivilegeEscalation?: boolean;
  /** Whether the container is root on its node. @default not set */
  readonly privileged?: boolean;
  /** Linux capabilities without the `CAP_` prefix. @default all dropped under 'restricted', else not set */
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  /** Seccomp profile. @default 'RuntimeDefault', except under 'privileged' */
  readonly seccomp?: 'RuntimeDefault' | 'Unconfined' | { readonly localhost: string };
}

/** What a pod and its containers may do. */
export interface Security extends ContainerSecurity {
  /** Group that owns the pod's volumes. @default none */
  readonly fsGroup?: number;
  /**
   * Whether files get that group each time that a volume is mounted, or only where the root of the volume does not have it
   * yet: then a volume with many files mounts fast, and files keep their permissions, as a key must that is its owner's
   * alone.
   * @default 'Always', set by the kubelet
   */
  readonly fsGroupChangePolicy?: 'OnRootMismatch' | 'Always';
  /** Further groups of the processes. @default none */
  readonly supplementalGroups?: readonly number[];
  /** Kernel parameters of the pod. @default none */
  readonly sysctls?: Readonly<Record<string, string>>;
}

type Capabilities = NonNullable<ContainerSecurity['capabilities']>;
type Seccomp = NonNullable<ContainerSecurity['seccomp']>;

const SHAPES: Shapes<ContainerSecurity> = {
  profile: choice(SECURITY_PROFILES),
  runAsUser: number,
  runAsGroup: number,
  runAsNonRoot: flag,
  readOnlyRootFilesystem: flag,
  allowPrivilegeEscalation: flag,
  privileged: flag,
  capabilities: record<Capabilities>(
    { add: list(text), drop: list(text) },
    { example: "{ add: ['NET_BIND_SERVICE'] }" },
  ),
  seccomp: anyOf<Seccomp>([
    choice(['RuntimeDefault', 'Unconfined']),
    record<{ readonly localhost: string }>({ localhost: text }, { expected: '{ localhost }' }),
  ]),
};

const OPTIONS = { words: { seccompProfile: '`seccomp`' }, example: '{ runAsUser: 1000 }' };

export const CONTAINER_SECURITY = record<ContainerSecurity>(SHAPES, {
  ...OPTIONS,
  elsewhere: podFieldHint('spec', 'containers', 'securityContext'),
});

export const SECURITY = anyOf<SecurityProfile | Security>([
  choice(SECURITY_PROFILES),
  record<Security>(
    {
      ...SHAPES,
      fsGroup: number,
      fsGroupChangePolicy: choice(['OnRootMismatch', 'Always']),
      supplementalGroups: list(number),
      sysctls: mapOf(text, "{ 'kernel.msgmax': '65536' }"),
    },
    { ...OPTIONS, elsewhere: podFieldHint('spec', 'securityContext') },
  ),
]);

/** The security of a pod as one object. */
export function readSecurity(security: SecurityProfile | Security | undefined, report: Reporter): Security {
  const read: Security = typeof security === 'object' ? security : optional('profile', security);
  for (const group of [read.fsGroup, ...(read.supplementalGroups ?? [])]) {
    integer(group, group === read.fsGroup ? 'fsGroup' : 'supplementalGroups', 0, report);
  }
  if (read.fsGroupChangePolicy !== undefined && read.fsGroup === undefined)
    report({
      code: 'MISSING_PROP',
      path: 'fsGroup',
      message: 'Required value: `fsGroupChangePolicy` does nothing without it',
    });
  checkSecurity(read, read, report);
  return read;
}

/** What holds for a container with `own` in a pod with `pod`. */
export function containerSecurity(
  pod: Security,
  own: ContainerSecurity | undefined,
  report: Reporter,
): ContainerSecurity {
  if (own === undefined) return pod;
  const security = { ...pod, ...own };
  checkSecurity(own, security, report);
  return security;
}

/** `securityContext` of a pod. Source of the profiles: Pod Security Standards, kubernetes.io. */
export function renderPodSecurity(security: Security): object {
  const parameters = Object.entries(security.sysctls ?? {}).map(([name, value]) => ({ name, value }));
  return nonEmptyRecord('securityContext', {
    runAsNonRoot: nonRootOf(security),
    runAsUser: security.runAsUser,
    runAsGroup: security.runAsGroup,
    fsGroup: security.fsGroup,
    fsGroupChangePolicy: security.fsGroupChangePolicy,
    ...nonEmpty('supplementalGroups', security.supplementalGroups ?? []),
    ...renderSeccomp(seccompOf(security)),
    ...nonEmpty('sysctls', parameters),
  });
}

/**
 * `securityContext` of a container: what a pod cannot set, and what differs from the pod.
 *
 * @param security what holds for the container, as `containerSecurity` returns it
 */
export function renderContainerSecurity(pod: Security, security: ContainerSecurity): object {
  const { privileged, capabilities } = security;
  const nonRoot = nonRootOf(security);
  const seccomp = seccompOf(security);
  const differing = (key: 'runAsUser' | 'runAsGroup'): object =>
    security[key] === pod[key] ? {} : optional(key, security[key]);
  return nonEmptyRecord('securityContext', {
    allowPrivilegeEscalation: escalationOf(security),
    privileged,
    readOnlyRootFilesystem: readsOnly(security) || security.readOnlyRootFilesystem,
    ...nonEmptyRecord('capabilities', {
      ...nonEmpty('add', capabilities?.add ?? []),
      ...nonEmpty('drop', capabilities?.drop ?? (isRestricted(security) ? ['ALL'] : [])),
    }),
    ...differing('runAsUser'),
    ...differing('runAsGroup'),
    // Where the pod does not allow root, only `false` does.
    ...(nonRoot === nonRootOf(pod) ? {} : { runAsNonRoot: nonRoot ?? false }),
    ...(seccomp === seccompOf(pod) ? {} : renderSeccomp(seccomp)),
  });
}

/** Whether the image's files are read-only, so that `/tmp` needs a volume. */
export function readsOnly(security: ContainerSecurity): boolean {
  return security.readOnlyRootFilesystem ?? isRestricted(security);
}

/** A privileged container is root on its node: then the rest of the profile holds nothing back. */
function isRestricted({ profile = 'restricted', privileged }: ContainerSecurity): boolean {
  return profile === 'restricted' && privileged !== true;
}

function nonRootOf(security: ContainerSecurity): boolean | undefined {
  return security.runAsNonRoot ?? (isRestricted(security) ? true : undefined);
}

/** The API server refuses `false` for a container that is privileged or has SYS_ADMIN. */
function mustEscalate({ privileged, capabilities }: ContainerSecurity): boolean {
  return privileged === true || capabilities?.add?.includes('SYS_ADMIN') === true;
}

function escalationOf(security: ContainerSecurity): boolean | undefined {
  const fallback = isRestricted(security) && !mustEscalate(security) ? false : undefined;
  return security.allowPrivilegeEscalation ?? fallback;
}

function seccompOf({ profile, seccomp }: ContainerSecurity): Security['seccomp'] {
  return seccomp ?? (profile === 'privileged' ? undefined : 'RuntimeDefault');
}

function renderSeccomp(seccomp: Security['seccomp']): object {
  if (seccomp === undefined) return {};
  const profile =
    typeof seccomp === 'string'
      ? { type: seccomp }
      : { type: 'Localhost', localhostProfile: seccomp.localhost };
  return { seccompProfile: profile };
}

/** Reports invalid values of `own`, and where they contradict what holds. */
function checkSecurity(own: ContainerSecurity, security: ContainerSecurity, report: Reporter): void {
  if (typeof own.seccomp === 'object') checkLocalhost(own.seccomp, below('seccomp', report));
  integer(own.runAsUser, 'runAsUser', 0, report);
  integer(own.runAsGroup, 'runAsGroup', 0, report);
  checkCapabilities(own, security.profile, report);
  if (mustEscalate(security) && security.allowPrivilegeEscalation === false) {
    const message =
      'Invalid value: false: must not be false for a container that is privileged or has SYS_ADMIN';
    report({ code: 'INVALID_PROP', path: 'allowPrivilegeEscalation', message });
  }
  if (security.runAsUser === 0 && nonRootOf(security) === true) {
    const hint = hintAtRoot(security);
    report({
      code: 'INVALID_PROP',
      path: 'runAsUser',
      message: 'Invalid value: 0: runAsNonRoot does not allow user 0 (root)',
      hint,
    });
  }
}

/** The Pod Security Standards refuse root under 'restricted' alone, whatever says so. */
function hintAtRoot({ profile = 'restricted' }: ContainerSecurity): string {
  return profile === 'restricted'
    ? "Set `profile` to 'baseline'; the namespace must allow it, too: `podSecurity: 'baseline'`."
    : 'Set `runAsNonRoot: false`, or leave it out.';
}

function checkLocalhost(seccomp: { readonly localhost: string }, report: Reporter): void {
  const { localhost } = seccomp;
  const wrong = localhost
    ? subPathProblem(localhost)
    : "must be a file below the kubelet's folder of profiles";
  if (wrong !== undefined)
    report({ code: 'INVALID_PROP', path: 'localhost', message: `Invalid value: "${localhost}": ${wrong}` });
}

function checkCapabilities(
  { capabilities }: ContainerSecurity,
  profile: SecurityProfile | undefined,
  report: Reporter,
): void {
  const { add = [], drop = [] } = capabilities ?? {};
  for (const name of [...add, ...drop].filter((capability) => capability.startsWith('CAP_'))) {
    const hint = `Write "${name.slice(4)}".`;
    report({
      code: 'INVALID_PROP',
      path: 'capabilities',
      message: `Invalid value: "${name}": must not have the prefix "CAP_"`,
      hint,
    });
  }
  if (profile !== undefined && profile !== 'restricted') return;
  for (const name of add) {
    if (name === 'NET_BIND_SERVICE' || name.startsWith('CAP_')) continue;
    const message = `Forbidden: "${name}" is not allowed by profile "restricted"`;
    const level = BASELINE_CAPABILITIES.includes(name) ? 'baseline' : 'privileged';
    const hint =
      `It allows only NET_BIND_SERVICE. Set \`profile\` to '${level}'; ` +
      `the namespace must allow it, too: \`podSecurity: '${level}'\`.`;
    report({ code: 'INVALID_PROP', path: 'capabilities.add', message, hint });
  }
}
