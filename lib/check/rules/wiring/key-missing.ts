import type { Rule } from '../../rule';
import { partMissing } from '../missing';

export const keyMissing: Rule = {
  name: 'wiring/key-missing',
  severity: 'error',
  about: 'Finds variables and files that read a key which their ConfigMap or Secret does not have.',
  why: 'The kubelet does not start a container when a key that it needs is missing; a file that is mounted by itself becomes an empty folder.',
  example: {
    failing: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { LEVEL: info }
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
      env: [{ name: LEVEL, valueFrom: { configMapKeyRef: { name: settings, key: LEVLE } } }]
`,
    passing: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { LEVEL: info }
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
      env: [{ name: LEVEL, valueFrom: { configMapKeyRef: { name: settings, key: LEVEL } } }]
`,
  },
  run: partMissing('key', 'key'),
};
