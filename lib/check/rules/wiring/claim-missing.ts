import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const claimMissing: Rule = {
  name: 'wiring/claim-missing',
  severity: 'error',
  about: 'Finds volumes of a PersistentVolumeClaim that is not there.',
  why: 'The pods wait for the claim, and never start.',
  example: {
    failing: `
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
    passing: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 1Gi } }
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
  },
  run: targetMissing('claim'),
};
