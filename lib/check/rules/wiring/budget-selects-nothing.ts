import type { Rule } from '../../rule';
import { selectsNothing } from '../selects-nothing';

export const budgetSelectsNothing: Rule = {
  name: 'wiring/budget-selects-nothing',
  severity: 'error',
  about: 'Finds PodDisruptionBudgets whose selector matches no pod.',
  why: 'The pods that were meant are evicted all at once when nodes are drained.',
  example: {
    failing: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: nginx:1.27
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: wbe } }
`,
    passing: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: nginx:1.27
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: web } }
`,
  },
  run: selectsNothing(['budget-pods']),
};
