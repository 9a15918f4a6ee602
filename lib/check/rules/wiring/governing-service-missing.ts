import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const governingServiceMissing: Rule = {
  name: 'wiring/governing-service-missing',
  severity: 'error',
  about: 'Finds StatefulSets whose serviceName names no Service.',
  why: 'The pods get no names of their own, by which they and their clients find each other.',
  example: {
    failing: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: dbs
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: 'postgres:16', ports: [{ containerPort: 5432 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  clusterIP: None
  selector: { app: db }
  ports: [{ port: 5432 }]
`,
    passing: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: 'postgres:16', ports: [{ containerPort: 5432 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  clusterIP: None
  selector: { app: db }
  ports: [{ port: 5432 }]
`,
  },
  run: targetMissing('governing-service'),
};
