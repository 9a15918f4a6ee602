import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { admit } from '../../lib';
import type { TargetChoice } from '../../lib/gitops/target';
import { ManifestSet } from '../../lib/manifest/set';
import { shop } from '../../apps/shop/app';
import { withRenderings } from './other-values';
import { deployments, filesFor, inShort, isPipeline, manifestsIn, untemplated } from './shop';

/** Two environments each, with the options that say most. */
const CASES: Readonly<Record<string, TargetChoice>> = {
  kubectl: { name: 'kubectl', environments: ['staging', 'production'], options: {} },
  kustomize: {
    name: 'kustomize',
    environments: ['production', 'production-eu'],
    options: { overlays: true },
  },
  argocd: { name: 'argocd', environments: ['staging', 'production'], options: {} },
  flux: { name: 'flux', environments: ['production', 'production-eu'], options: {} },
  helm: {
    name: 'helm',
    environments: ['staging', 'production'],
    options: { version: '1.2.3', appVersion: '2026.11' },
  },
  'flux-images': { name: 'flux', environments: ['production'], options: { imageUpdates: 'minor' } },
  spinnaker: { name: 'spinnaker', environments: ['staging', 'production'], options: {} },
  'argocd-set': {
    name: 'argocd',
    environments: ['staging', 'production'],
    options: { applicationSet: true, hydrator: true },
  },
};

describe.each(Object.entries(CASES))('%s', (name, choice) => {
  const values = choice.name === 'helm' ? withRenderings(deployments(choice.environments), shop) : undefined;
  const own = (values ?? deployments(choice.environments)).map((each) => ({
    ...each,
    profile: {
      ...each.profile,
      // One of the clusters has Argo CD instead.
      ...(choice.name === 'flux' && { installed: ['flux' as const] }),
      ...(choice.name === 'spinnaker' && { spinnakerAccount: each.environment ?? '' }),
    },
  }));
  const files = filesFor({ deployments: own, targets: [choice] });

  it('writes for the shop what is committed; UPDATE=1 writes it anew', async () => {
    const golden = join(__dirname, 'goldens', `${name}.txt`);
    const text = inShort(await files);
    if (process.env['UPDATE'] !== undefined) writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });

  it('writes nothing that an API server would refuse', async () => {
    const texts = [...(await files)].filter(
      ([path]) => path.endsWith('.yaml') && !/(?:kustomization|Chart|values).yaml$/.test(path),
    );
    const objects = [
      ...texts.flatMap(([, text]) => [...ManifestSet.parse(untemplated(text))].map(({ object }) => object)),
      ...[...(await files)].flatMap(([path, text]) =>
        isPipeline(path) ? manifestsIn(text).map(({ object }) => object) : [],
      ),
    ];
    expect(objects.length).toBeGreaterThan(50);
    const wrong = objects.flatMap((object) =>
      admit(object).map(({ id, path, message }) => [id.kind, path, message]),
    );
    expect(wrong).toEqual([]);
  });
});
