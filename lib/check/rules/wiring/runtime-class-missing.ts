import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const runtimeClassMissing: Rule = {
  name: 'wiring/runtime-class-missing',
  severity: 'error',
  about: 'Finds pods of a RuntimeClass that is not there.',
  why: 'The API server refuses to create the pods, and the workload stays without any.',
  example: {
    failing: `
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  runtimeClassName: gvisor
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
    passing: `
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: { name: gvisor }
handler: runsc
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  runtimeClassName: gvisor
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
  },
  run: targetMissing('runtime-class'),
};
