import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const priorityClassMissing: Rule = {
  name: 'wiring/priority-class-missing',
  severity: 'error',
  about: 'Finds pods of a PriorityClass that is not there.',
  why: 'The API server refuses to create the pods, and the workload stays without any.',
  example: {
    failing: `
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  priorityClassName: urgent
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
    passing: `
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: urgent }
value: 1000
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  priorityClassName: urgent
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ name: http, containerPort: 8080 }]
`,
  },
  run: targetMissing('priority-class'),
};
