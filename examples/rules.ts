import { defineRule } from 'seaworthy';

export const owner = defineRule({
  name: 'owner',
  severity: 'warning',
  about: 'Finds Deployments without the label owner.',
  why: 'Nobody knows whom to wake.',
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
  run({ set }, tell) {
    for (const manifest of set.find({ kind: 'Deployment' })) {
      if (manifest.object.metadata.labels?.['owner'] !== undefined) continue;
      tell(manifest, 'metadata.labels', 'it has no owner', 'Add the label owner with the name of a team.');
    }
  },
});
