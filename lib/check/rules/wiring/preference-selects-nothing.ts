import type { Rule } from '../../rule';
import { selectsNothing } from '../selects-nothing';

export const preferenceSelectsNothing: Rule = {
  name: 'wiring/preference-selects-nothing',
  severity: 'warning',
  about: 'Finds preferred affinities whose selector matches no pod.',
  why: 'The preference has no effect: pods are placed as if it were not there.',
  example: {
    failing: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector: { matchLabels: { app: wbe } }
  containers: [{ name: web, image: 'nginx:1.27' }]
`,
    passing: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector: { matchLabels: { app: web } }
  containers: [{ name: web, image: 'nginx:1.27' }]
`,
  },
  run: selectsNothing(['preference']),
};
