import type { Problem } from '../../errors';
import type { PlacedDeployment, TargetInput } from '../target';

/** Before which environments somebody has to agree. */
export type Judgment = 'later' | 'all' | 'none';

/** What all pipelines have in common. */
export interface SpinnakerSettings {
  /** The application of Spinnaker. @default that of the app's name */
  readonly application: string | undefined;
  /** The account of clusters whose profile names none. */
  readonly account: string | undefined;
  readonly judgment: Judgment;
}

export function settingsOf({ options }: Pick<TargetInput, 'options'>): SpinnakerSettings {
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    application: text('application'),
    account: text('account'),
    judgment: (text('judgment') ?? 'later') as Judgment,
  };
}

const APPLICATION = /^[a-zA-Z][a-zA-Z0-9-]{0,62}$/;

/**
 * The application of a pipeline.
 *
 * Source: `applicationName.validator.ts` of Spinnaker's deck, for its Kubernetes provider.
 *
 * @param report takes CONFIG_INVALID where Spinnaker takes no application of that name
 */
export function applicationOf(
  app: string | undefined,
  { application = app }: SpinnakerSettings,
  report: (problem: Problem) => void,
): string {
  if (application === undefined || !APPLICATION.test(application))
    report({
      code: 'CONFIG_INVALID',
      path: 'seaworthy.targets.spinnaker.application',
      message:
        application === undefined
          ? 'Required value: the application of Spinnaker, since the app has no name'
          : `Invalid value: "${application}": must be letters, digits and "-", begin with a letter, and have at most 63 characters`,
      hint: 'For example: spinnaker: { application: shop }',
    });
  return application ?? '';
}

/** @param report takes CONFIG_INVALID where neither the profile nor the target names an account */
export function accountOf(
  { name, environment, profile }: PlacedDeployment,
  { account }: SpinnakerSettings,
  report: (problem: Problem) => void,
): string {
  const found = profile.spinnakerAccount ?? account;
  if (found === undefined)
    report({
      code: 'CONFIG_INVALID',
      place: name,
      path: environment === undefined ? 'seaworthy.targets.spinnaker.account' : 'profile.spinnakerAccount',
      message: `Required value: how Spinnaker knows the cluster of "${environment ?? name}"`,
      hint: "Set spinnakerAccount: 'name' in the profile, the account that Spinnaker has for the cluster, or account of the target.",
    });
  return found ?? '';
}
