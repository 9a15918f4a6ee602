import type { App } from '../../lib';
import { synth } from '../../lib';
import { declaredValues } from '../../lib/constructs/core/value';
import { probesOf } from '../../lib/gitops/helm/probes';
import type { Deployment, Rendering } from '../../lib/gitops/target';
import { SeaworthyError } from '../../lib/errors';
import { substitute, type Substitute } from '../../lib/manifest/chart-value';
import type { ManifestSet } from '../../lib/manifest/set';

/** What `build` synthesizes where one value is another. */
function withOther(build: () => App, found: Substitute): ManifestSet {
  const remove = substitute(found);
  try {
    return synth(build());
  } finally {
    remove();
  }
}

/** `own`, which are of the app of `build`, with what they would be with other values: as the command line has it. */
export function withRenderings(own: readonly Deployment[], build: () => App): readonly Deployment[] {
  const before = new Set(declaredValues());
  build();
  // Those of other apps in this process are the same objects as before.
  const values = declaredValues().filter((each) => !before.has(each));
  const runs = values.flatMap((value) =>
    probesOf(value).map((probe) => {
      try {
        return { value, probe, set: withOther(build, { ...value, value: probe }) };
      } catch (error) {
        if (!(error instanceof SeaworthyError)) throw error;
        return { value, probe, problem: error.problems[0] };
      }
    }),
  );
  return own.map((deployment) => ({
    ...deployment,
    renderings: runs.map(({ value, probe, set, problem }): Rendering => {
      if (set === undefined) return { value, probe, manifests: problem };
      const inside = [...set].filter(({ origin }) => origin?.environment === deployment.environment);
      return { value, probe, manifests: inside };
    }),
  }));
}

/** What an app deploys that has no environments. */
export function deploymentOf(build: () => App, app = 'shop'): Deployment {
  const [found] = withRenderings([{ app, profile: {}, manifests: synth(build()).manifests }], build);
  if (found === undefined) throw new Error('no deployment');
  return found;
}
