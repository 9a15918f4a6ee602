import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const pullSecretMissing: Rule = {
  name: 'wiring/pull-secret-missing',
  severity: 'error',
  about: 'Finds imagePullSecrets that are not there.',
  why: 'The kubelet pulls without the login, and a private image cannot be pulled.',
  example: {
    failing: `
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  imagePullSecrets: [{ name: registry }]
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
    passing: `
apiVersion: v1
kind: Secret
metadata: { name: registry }
type: kubernetes.io/dockerconfigjson
data: { .dockerconfigjson: e30= }
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  imagePullSecrets: [{ name: registry }]
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
  },
  run: targetMissing('pull-secret'),
};
