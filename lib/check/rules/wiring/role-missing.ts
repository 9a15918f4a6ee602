import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const roleMissing: Rule = {
  name: 'wiring/role-missing',
  severity: 'error',
  about: 'Finds bindings of a Role or ClusterRole that is neither in the set nor one that every cluster has.',
  why: 'The binding grants nothing until somebody makes a role of that name, whatever that will allow.',
  example: {
    failing: `
apiVersion: v1
kind: ServiceAccount
metadata: { name: web }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader }
rules: [{ apiGroups: [''], resources: [pods], verbs: [get, list] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: raeder }
subjects: [{ kind: ServiceAccount, name: web }]
`,
    passing: `
apiVersion: v1
kind: ServiceAccount
metadata: { name: web }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader }
rules: [{ apiGroups: [''], resources: [pods], verbs: [get, list] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: ServiceAccount, name: web }]
`,
  },
  run: targetMissing('role'),
};
