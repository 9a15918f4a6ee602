import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const serviceAccountMissing: Rule = {
  name: 'wiring/service-account-missing',
  severity: 'error',
  about: 'Finds pods of a ServiceAccount that is not there.',
  why: 'The API server refuses to create the pods, and the workload stays without any.',
  example: {
    failing: `
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  serviceAccountName: web
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
    passing: `
apiVersion: v1
kind: ServiceAccount
metadata: { name: web }
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  serviceAccountName: web
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
  },
  run: targetMissing('service-account'),
};
