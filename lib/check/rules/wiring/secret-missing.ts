import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const secretMissing: Rule = {
  name: 'wiring/secret-missing',
  severity: 'error',
  about:
    'Finds variables, volumes and logins that read a Secret which is not there, and which no controller makes.',
  why: 'The kubelet does not start a container whose Secret it cannot find.',
  example: {
    failing: `
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  volumes: [{ name: login, secret: { secretName: login } }]
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
    passing: `
apiVersion: v1
kind: Secret
metadata: { name: login }
data: { password: czNjcmV0 }
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  volumes: [{ name: login, secret: { secretName: login } }]
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
  },
  run: targetMissing('secret'),
};
