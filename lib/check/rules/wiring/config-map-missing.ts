import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const configMapMissing: Rule = {
  name: 'wiring/config-map-missing',
  severity: 'error',
  about: 'Finds variables and volumes that read a ConfigMap which is not there.',
  why: 'The kubelet does not start a container whose ConfigMap it cannot find.',
  example: {
    failing: `
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
      envFrom: [{ configMapRef: { name: settings } }]
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
      envFrom: [{ configMapRef: { name: settings } }]
`,
  },
  run: targetMissing('config-map'),
};
