import type { Rule } from '../../rule';
import { selectsNothing } from '../selects-nothing';

export const serviceSelectsNothing: Rule = {
  name: 'wiring/service-selects-nothing',
  severity: 'error',
  about: 'Finds Services whose selector matches no pod.',
  why: 'The Service has no addresses, and nobody who calls it gets an answer.',
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
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: wbe }
  ports: [{ name: http, port: 80, targetPort: http }]
`,
    passing: `
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
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: http }]
`,
  },
  run: selectsNothing(['service-pods']),
};
