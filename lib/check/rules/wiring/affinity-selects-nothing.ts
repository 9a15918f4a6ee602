import type { Rule } from '../../rule';
import { selectsNothing } from '../selects-nothing';

export const affinitySelectsNothing: Rule = {
  name: 'wiring/affinity-selects-nothing',
  severity: 'error',
  about: 'Finds required affinities and topology spread constraints whose selector matches no pod.',
  why: 'Pods are not spread, not kept apart, or, where they have to be near to others, never placed.',
  example: {
    failing: `
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: DoNotSchedule
      labelSelector: { matchLabels: { app: wbe } }
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
    passing: `
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: DoNotSchedule
      labelSelector: { matchLabels: { app: web } }
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
  },
  run: selectsNothing(['affinity', 'spread']),
};
