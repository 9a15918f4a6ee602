import { defineRule } from 'seaworthy';

export const owner = defineRule({
  name: 'owner',
  severity: 'warning',
  about: 'Finds Deployments without the label owner.',
  why: 'On-call engineers do not know whom to call.',
  example: {
    failing: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
`,
    passing: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, labels: { owner: shop } }
`,
  },
  run({ set }, report) {
    for (const manifest of set.find({ kind: 'Deployment' })) {
      if (manifest.object.metadata.labels?.['owner'] !== undefined) continue;
      report(
        manifest,
        'metadata.labels',
        'has no label owner',
        'Add the label owner with the name of a team.',
      );
    }
  },
});
