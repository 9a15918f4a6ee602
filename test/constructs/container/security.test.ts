import type { Chart, ContainerProps, Security, SecurityProfile } from '../../../lib';
import { check, Namespace, Worker } from '../../../lib';
import { at, faultsOf, podOf, problems, rendered } from '../rendering';

/** What the API says of the pod and of its main container. */
function contexts(
  security: SecurityProfile | Security | undefined,
  own?: ContainerProps['containerSecurity'],
): { pod: unknown; container: unknown } {
  const pod = podOf({
    ...(security === undefined ? {} : { security }),
    ...(own === undefined ? {} : { containerSecurity: own }),
  });
  return { pod: at(pod, 'securityContext'), container: at(pod, 'containers.0.securityContext') };
}

const RESTRICTED = {
  pod: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  container: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  },
};

describe('a profile', () => {
  it('is restricted by default', () => {
    expect(contexts(undefined)).toEqual(RESTRICTED);
    expect(contexts('restricted')).toEqual(RESTRICTED);
    expect(contexts({ profile: 'restricted' })).toEqual(RESTRICTED);
    expect(contexts({})).toEqual(RESTRICTED);
  });

  it('says less under baseline, and nothing under privileged', () => {
    expect(contexts('baseline')).toEqual({
      pod: { seccompProfile: { type: 'RuntimeDefault' } },
      container: undefined,
    });
    expect(contexts('privileged')).toEqual({ pod: undefined, container: undefined });
  });
});

describe('a field', () => {
  it('replaces what the profile says', () => {
    const security: Security = {
      runAsUser: 1000,
      runAsGroup: 2000,
      fsGroup: 3000,
      fsGroupChangePolicy: 'OnRootMismatch',
      supplementalGroups: [4000],
      readOnlyRootFilesystem: false,
      seccomp: { localhost: 'profiles/app.json' },
      capabilities: { add: ['NET_BIND_SERVICE'] },
      sysctls: { 'net.core.somaxconn': '1024' },
    };
    expect(contexts(security)).toEqual({
      pod: {
        runAsNonRoot: true,
        runAsUser: 1000,
        runAsGroup: 2000,
        fsGroup: 3000,
        fsGroupChangePolicy: 'OnRootMismatch',
        supplementalGroups: [4000],
        seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/app.json' },
        sysctls: [{ name: 'net.core.somaxconn', value: '1024' }],
      },
      container: {
        allowPrivilegeEscalation: false,
        capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
        readOnlyRootFilesystem: false,
      },
    });
  });

  it('keeps no and nothing', () => {
    expect(
      contexts({ profile: 'baseline', runAsNonRoot: false, allowPrivilegeEscalation: false, runAsUser: 0 }),
    ).toEqual({
      pod: { runAsNonRoot: false, runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } },
      container: { allowPrivilegeEscalation: false },
    });
  });
});

describe('a container that may more than its pod', () => {
  it('says only what differs', () => {
    expect(contexts('restricted', { runAsUser: 7, readOnlyRootFilesystem: false })).toEqual({
      pod: RESTRICTED.pod,
      container: { ...RESTRICTED.container, runAsUser: 7, readOnlyRootFilesystem: false },
    });
  });

  it('may be root in a pod of which the rest may not', () => {
    expect(contexts('restricted', { profile: 'baseline' }).container).toEqual({ runAsNonRoot: false });
    expect(contexts('restricted', { privileged: true }).container).toEqual({
      privileged: true,
      runAsNonRoot: false,
    });
  });

  it('may be held tighter than its pod', () => {
    expect(contexts('privileged', { profile: 'restricted' })).toEqual({
      pod: undefined,
      container: { ...RESTRICTED.container, ...RESTRICTED.pod },
    });
  });

  it('says nothing that its pod says already', () => {
    const security = { runAsUser: 1000, seccomp: 'Unconfined' } as const;
    expect(
      contexts({ ...security, profile: 'baseline' }, { ...security, profile: 'baseline' }).container,
    ).toBeUndefined();
  });
});

describe('escalation', () => {
  it('is left unsaid where it cannot be refused', () => {
    expect(contexts({ privileged: true })).toEqual({
      pod: { seccompProfile: { type: 'RuntimeDefault' } },
      container: { privileged: true },
    });
    expect(contexts({ profile: 'baseline', capabilities: { add: ['SYS_ADMIN'] } }).container).toEqual({
      capabilities: { add: ['SYS_ADMIN'] },
    });
  });

  it('is told where it is refused nevertheless', () => {
    const fault = 'INVALID_PROP security.allowPrivilegeEscalation';
    expect(faultsOf({ security: { privileged: true, allowPrivilegeEscalation: false } })).toEqual([fault]);
    const capabilities = { add: ['SYS_ADMIN'] };
    expect(
      faultsOf({ security: { profile: 'baseline', capabilities, allowPrivilegeEscalation: false } }),
    ).toEqual([fault]);
  });
});

describe('wrong security', () => {
  it.each<[object, string]>([
    ['tight' as never, 'INVALID_PROP security'],
    [{ profil: 'baseline' }, 'UNKNOWN_PROP security.profil'],
    [{ runAsUser: -1 }, 'INVALID_PROP security.runAsUser'],
    [{ fsGroup: 1.5 }, 'INVALID_PROP security.fsGroup'],
    [{ seccomp: 'Default' }, 'INVALID_PROP security.seccomp'],
    [{ seccomp: { localhost: '/etc/x' } }, 'INVALID_PROP security.seccomp.localhost'],
    [{ seccomp: {} }, 'INVALID_PROP security.seccomp.localhost'],
    [{ capabilities: { adds: [] } }, 'UNKNOWN_PROP security.capabilities.adds'],
    [{ capabilities: { add: ['NET_ADMIN'] } }, 'INVALID_PROP security.capabilities.add'],
    [{ profile: 'baseline', capabilities: { add: ['CAP_NET_ADMIN'] } }, 'INVALID_PROP security.capabilities'],
    [{ profile: 'baseline', capabilities: { drop: ['CAP_KILL'] } }, 'INVALID_PROP security.capabilities'],
    [{ runAsUser: 0 }, 'INVALID_PROP security.runAsUser'],
    [{ fsGroupChangePolicy: 'Always' }, 'MISSING_PROP security.fsGroup'],
  ])('%j', (security, fault) => {
    expect(faultsOf({ security })).toEqual([fault]);
  });

  it('is told once for a pod of many containers', () => {
    const containers = { a: { image: 'a/b:1' }, b: { image: 'a/b:1' } };
    expect(faultsOf({ security: { capabilities: { add: ['CAP_KILL'] } }, containers })).toEqual([
      'INVALID_PROP security.capabilities',
    ]);
  });

  it('is what only a pod has, in a container', () => {
    expect(faultsOf({ containerSecurity: { fsGroup: 5 } })).toEqual([
      'UNKNOWN_PROP containerSecurity.fsGroup',
    ]);
    expect(faultsOf({ containerSecurity: { runAsUser: 0 } })).toEqual([
      'INVALID_PROP containerSecurity.runAsUser',
    ]);
  });
});

describe('a hint of what the profile restricted refuses', () => {
  it.each<[Security]>([
    [{ capabilities: { add: ['NET_ADMIN'] } }],
    [{ capabilities: { add: ['SYS_ADMIN'] } }],
    [{ capabilities: { add: ['NET_BIND_SERVICE', 'CHOWN'] } }],
    [{ runAsUser: 0 }],
  ])('leads to pods that the namespace accepts: %j', (security) => {
    const build = (own: Security, podSecurity: SecurityProfile) => (chart: Chart) => {
      new Namespace(chart, 'home', { name: 'home', podSecurity });
      new Worker(chart, 'app', { image: 'a/b:1', security: own, namespace: 'home' });
    };
    const [problem] = problems(build(security, 'restricted'));
    const [profile, podSecurity] = [...(problem?.hint ?? '').matchAll(/'(\w+)'/g)].map(([, level]) => level);
    const followed = build(
      { ...security, profile: profile as SecurityProfile },
      podSecurity as SecurityProfile,
    );
    expect(check(rendered(followed)).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(rendered(followed).toYaml()).toContain('kind: Deployment');
  });
});
