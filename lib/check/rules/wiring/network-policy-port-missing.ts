import type { Rule } from '../../rule';
import { policyPorts } from '../../../graph/policies';
import { listPorts } from '../../../graph/ports';
import { listObjects } from '../../../graph/words';

export const networkPolicyPortMissing: Rule = {
  name: 'wiring/network-policy-port-missing',
  severity: 'error',
  about:
    'Finds ports of NetworkPolicies that no container has of the pods which they are opened of: ports of pods, not those of a Service.',
  why: 'The port that was meant stays closed.',
  example: {
    failing: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: 'nginx:1.27', ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress: [{ ports: [{ port: 80 }] }]
`,
    passing: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: 'nginx:1.27', ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress: [{ ports: [{ port: 8080 }] }]
`,
  },
  run(cluster, report) {
    for (const { policy, at, pods } of policyPorts(cluster)) {
      const protocol = at.beside('protocol')?.text || 'TCP';
      const who = listObjects(pods.map(({ of }) => of));
      const message = `no container of ${who} has the ${protocol} port "${String(at.value)}"`;
      report(policy.of, at.path, message, listPorts(pods));
    }
  },
};
