import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const endpointsServiceMissing: Rule = {
  name: 'wiring/endpoints-service-missing',
  severity: 'error',
  about: 'Finds EndpointSlices of a Service that is not there.',
  why: 'Nobody uses addresses that belong to no Service.',
  example: {
    failing: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports: [{ name: http, port: 80, targetPort: 80 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, labels: { kubernetes.io/service-name: wbe } }
addressType: IPv4
endpoints: [{ addresses: [10.0.0.7] }]
`,
    passing: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports: [{ name: http, port: 80, targetPort: 80 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
endpoints: [{ addresses: [10.0.0.7] }]
`,
  },
  run: targetMissing('endpoints-service'),
};
