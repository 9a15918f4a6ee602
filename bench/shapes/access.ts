import { many, object, type Shape } from './shape';

const RBAC = 'rbac.authorization.k8s.io';

function role(name: string, rules: readonly object[], content: object = {}) {
  return object(`${RBAC}/v1`, 'Role', name, { rules, ...content });
}

function binding(name: string, roleName: string, subjects: readonly object[], content: object = {}) {
  const roleRef = { apiGroup: RBAC, kind: 'Role', name: roleName };
  return object(`${RBAC}/v1`, 'RoleBinding', name, { roleRef, subjects, ...content });
}

const user = (i: number) => ({ kind: 'User', apiGroup: RBAC, name: `u${i}` });
const rule = (i: number, verb: string) => ({ apiGroups: [''], resources: [`r${i}`], verbs: [verb] });

/** Roles and bindings. */
export const ACCESS_SHAPES: readonly Shape[] = [
  {
    name: 'bindings of one role of many rules',
    objects: (n, side) => [
      role(
        'r',
        many(n, (i) => rule(i, side === 'a' ? 'get' : 'list')),
      ),
      ...many(n, (i) => binding(`b${i}`, 'r', [user(i)])),
    ],
  },
  {
    name: 'a binding of many subjects to a role of many rules',
    objects: (n, side) => [
      role(
        'r',
        many(n, (i) => rule(i, side === 'a' ? 'get' : 'list')),
      ),
      binding('b', 'r', many(n, user)),
    ],
  },
  {
    name: 'bindings of many roles to one subject',
    objects: (n, side) => [
      ...many(n, (i) => role(`r${i}`, [rule(i, side === 'a' ? 'get' : 'list')])),
      ...many(n, (i) => binding(`b${i}`, `r${i}`, [user(0)])),
    ],
  },
  {
    name: 'roles of one name in many namespaces',
    objects: (n, side) =>
      many(n, (i) =>
        role(
          'r',
          [
            {
              apiGroups: [''],
              resources: ['nodes', 'pod', 'pods'],
              resourceNames: ['a'],
              verbs: ['create', side === 'a' ? 'get' : 'gett'],
            },
          ],
          { namespace: `n${i}` },
        ),
      ),
  },
  {
    name: 'a role of many rules with names',
    objects: (n, side) => [
      role(
        'r',
        many(n, (i) => ({
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: [`s${i}`],
          verbs: ['create', side === 'a' ? 'get' : 'list'],
        })),
      ),
    ],
  },
  {
    name: 'a rule of many resources, names and verbs',
    objects: (n, side) => [
      role('r', [
        {
          apiGroups: ['', 'apps'],
          resources: many(n, (i) => `r${i}`),
          resourceNames: many(n, (i) => `n${i}`),
          verbs: many(n, (i) => (side === 'a' ? `v${i}` : `w${i}`)),
        },
      ]),
      binding('b', 'r', [user(0)]),
    ],
  },
  {
    name: 'pods with accounts and bindings of their own',
    objects: (n) => [
      ...many(n, (i) => object('v1', 'ServiceAccount', `a${i}`)),
      ...many(n, (i) =>
        binding(`b${i}`, 'r', [
          { kind: 'ServiceAccount', name: `a${i}` },
          { kind: 'ServiceAccount', name: `x${i}` },
        ]),
      ),
      role('r', [rule(0, 'get')]),
    ],
  },
];
