import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const gatewayClassMissing: Rule = {
  name: 'wiring/gateway-class-missing',
  severity: 'error',
  about: 'Finds Gateways of a class that is not in the set. Where no class is known, none is missed.',
  why: 'No controller looks at the Gateway, so that none of its routes work.',
  example: {
    failing: `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: cilium }
spec: { controllerName: io.cilium/gateway-controller }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
`,
    passing: `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: istio }
spec: { controllerName: istio.io/gateway-controller }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
`,
  },
  run: targetMissing('gateway-class'),
};
