import { defineRule } from 'seaworthy';

const REGISTRY = 'ghcr.io/acme/';

/** The platform team answers for what runs: it has built it. */
export const ownImages = defineRule({
  name: 'own-images',
  severity: 'error',
  about: 'Finds images that the company has not built.',
  why: 'Nobody scans and patches them.',
  run({ set }, report) {
    for (const manifest of set.find({ kind: 'Deployment' })) {
      const { spec } = manifest.object as { readonly spec?: DeploymentSpec };
      spec?.template.spec.containers.forEach(({ image }, index) => {
        if (image.startsWith(REGISTRY)) return;
        const path = `spec.template.spec.containers[${index}].image`;
        report(
          manifest,
          path,
          `image "${image}" is not from ${REGISTRY}`,
          'Mirror it, or ask the platform team.',
        );
      });
    }
  },
});

interface DeploymentSpec {
  readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
}
