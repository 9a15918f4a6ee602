import type { CustomPatches } from '../../../kube/custom/patches';
import type { Provider } from '../../../profiles/cluster-profile';
import { Environment } from '../../core/environment';
import { KubeObject } from '../../core/object';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { optional } from '../../core/props';
import type { TraitPlace } from '../../workloads/trait';
import type { TriggerIdentity } from './auth';
import { existingAuth, isIdentity, renderCredentials } from './auth';
import type { TriggerRange } from './kind';
import type { Trigger } from './trigger';
import { readTrigger } from './trigger';

/** Triggers, with what KEDA needs to ask their sources. */
export interface Triggers {
  readonly authentications: readonly KubeObject<CustomPatches['TriggerAuthentication']>[];
  /** `triggers` of a ScaledObject or ScaledJob. */
  readonly render: (report: Reporter, range: TriggerRange) => readonly object[];
}

/** Makes the TriggerAuthentications of a workload. @param path the prop with the triggers */
export function makeTriggers(place: TraitPlace, path: string, triggers: readonly Trigger[]): Triggers {
  const authentications: Triggers['authentications'][number][] = [];
  const names = new Map<string, number>();
  const profile = Environment.of(place.workload)?.profile ?? {};
  const read = triggers.map((trigger, index) => {
    const { at, word, auth, parameters, render } = readTrigger(trigger, profile);
    const prefix = [`${path}[${index}]`, at].filter((part) => part !== '').join('.');
    let ref = auth === undefined ? undefined : existingAuth(auth);
    if (auth !== undefined && ref === undefined && typeof auth === 'object') {
      const count = (names.get(word) ?? 0) + 1;
      names.set(word, count);
      const id = count === 1 ? word : `${word}-${count}`;
      const metadata = { ...place.metadata(), name: `${place.name}-${id}` };
      ref = { name: metadata.name };
      authentications.push(
        new KubeObject<CustomPatches['TriggerAuthentication']>(place.workload, `auth-${id}`, {
          apiVersion: 'keda.sh/v1alpha1',
          kind: 'TriggerAuthentication',
          metadata,
          content: (report) => {
            const reportBelow = below(`${prefix}.auth`, report);
            const spec = isIdentity(auth)
              ? { podIdentity: renderIdentity(place, auth, reportBelow) }
              : renderCredentials(auth, parameters, variablesOf(place), reportBelow);
            return { spec };
          },
        }),
      );
    }
    return { index, ref, render };
  });
  return {
    authentications,
    render: (report, range) =>
      read.map(({ index, ref, render }) => ({
        ...render(below(`${path}[${index}]`, report), range),
        ...optional('authenticationRef', ref),
      })),
  };
}

/** The variables of the main container, which is the first; `undefined` where a ConfigMap or Secret may have more. */
function variablesOf({ runningContainers }: TraitPlace): Readonly<Record<string, unknown>> | undefined {
  const [main] = Object.values(runningContainers());
  return main?.envFrom === undefined ? (main?.env ?? {}) : undefined;
}

/** KEDA's name of the identities of each cloud, and how it takes on one of its own. */
const IDENTITIES: Readonly<Partial<Record<Provider, { readonly provider: string; readonly as?: string }>>> = {
  eks: { provider: 'aws', as: 'roleArn' },
  gke: { provider: 'gcp' },
  aks: { provider: 'azure-workload', as: 'identityId' },
};

/**
 * `podIdentity` of a TriggerAuthentication.
 *
 * Source: AuthPodIdentity of `keda.sh/v1alpha1`, and validateSpec in `triggerauthentication_webhook.go`.
 */
function renderIdentity(
  { workload }: TraitPlace,
  { identity, as }: TriggerIdentity,
  report: Reporter,
): object | undefined {
  const name = Environment.of(workload)?.profile.provider;
  const cloud = name === undefined ? undefined : IDENTITIES[name];
  if (cloud === undefined) {
    report({
      code: 'MISSING_PROP',
      message: 'Required value: the profile names no cloud that knows the identity',
      hint: "Set `provider` of the environment's profile to 'eks', 'gke' or 'aks'.",
    });
    return undefined;
  }
  if ((identity as string | undefined) === undefined)
    report({
      code: 'MISSING_PROP',
      path: 'identity',
      message: 'Required value: whose identity it is',
      hint: "Set 'keda' or 'workload'.",
    });
  if (identity === 'workload' && name !== 'eks')
    report({
      code: 'INVALID_PROP',
      path: 'identity',
      message: 'Forbidden: only on EKS can KEDA use the identity of the workload',
      hint: "Set 'keda'.",
    });
  if (as !== undefined && (cloud.as === undefined || identity === 'workload'))
    report({
      code: 'INVALID_PROP',
      path: 'as',
      message: `Forbidden: ${identity === 'workload' ? 'the identity is that of the workload' : 'KEDA takes on no other identity on this cloud'}`,
    });
  return {
    provider: cloud.provider,
    ...(identity === 'workload' ? { identityOwner: 'workload' } : {}),
    ...(as !== undefined && cloud.as !== undefined ? { [cloud.as]: as } : {}),
  };
}
