import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const objectMissing: Rule = {
  name: 'wiring/object-missing',
  severity: 'error',
  about:
    'Finds references to other objects that are not there: device claims, objects that an autoscaler measures, admission policies, logins of KEDA, sources of Flux.',
  why: 'What refers to them does nothing, or waits for ever.',
  example: {
    failing: `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: replicas }
spec: { policyName: replicas, validationActions: [Deny] }
`,
    passing: `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: replicas }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }]
  validations: [{ expression: 'object.spec.replicas <= 5' }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: replicas }
spec: { policyName: replicas, validationActions: [Deny] }
`,
  },
  run: targetMissing('other'),
};
