import { ruleTest } from '../../../../test/check/rule-test';

const OWN = 'new pods of Pod guard/guard, which serve it';
const SYSTEM = 'new pods in kube-system';
const LEASES = 'the leases of nodes and controllers';
const NODES = 'new nodes';
const inWords = (parts: string[]) => new Intl.ListFormat('en-GB').format(parts);
const blocks = (...what: string[]) =>
  `with failurePolicy Fail, blocks ${inWords(what)} while it does not answer`;
const leaveOut = (values: string) =>
  `Leave out namespaces with namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: NotIn, values: [${values}] }] }.`;
const RULES = "[{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }]";
const LEASE_HINT = 'Name the resources in rules, without leases.coordination.k8s.io.';

ruleTest(
  'wiring/webhook-blocks-recovery',
  'warning',
  [
    'ValidatingWebhookConfiguration guard',
    'webhooks[0].failurePolicy',
    blocks(OWN, SYSTEM),
    leaveOut('guard, kube-system'),
  ],
  ({ failing, passing, found }) => {
    const selecting = (selector: string) =>
      failing(`    rules: ${RULES}`, `    ${selector}\n    rules: ${RULES}`);
    const own = found(undefined, blocks(OWN), leaveOut('guard'));
    const system = found(undefined, blocks(SYSTEM), leaveOut('kube-system'));
    const all = failing(
      RULES,
      "[{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }]",
    );
    return [
      [
        'everything',
        all,
        [
          found(
            undefined,
            blocks(OWN, SYSTEM, LEASES, NODES),
            `${leaveOut('guard, kube-system')} Name the resources in rules, without leases.coordination.k8s.io and nodes.`,
          ),
        ],
      ],
      [
        'everything in namespaces',
        all.replace("resources: ['*']", "resources: ['*'], scope: Namespaced"),
        [found(undefined, blocks(OWN, SYSTEM, LEASES), `${leaveOut('guard, kube-system')} ${LEASE_HINT}`)],
      ],
      [
        'nodes, which no labels of namespaces leave out',
        failing(
          RULES,
          "[{ apiGroups: [''], apiVersions: [v1], operations: ['*'], resources: [nodes] }]\n    namespaceSelector: { matchLabels: { guarded: a } }",
        ),
        [found(undefined, blocks(NODES), 'Name the resources in rules, without nodes.')],
      ],
      [
        'the state of nodes',
        failing(
          RULES,
          "[{ apiGroups: [''], apiVersions: [v1], operations: ['*'], resources: [nodes/status] }]",
        ),
        [],
      ],
      [
        'leases',
        failing(
          RULES,
          '[{ apiGroups: [coordination.k8s.io], apiVersions: [v1], operations: [UPDATE], resources: [leases] }]',
        ),
        [found(undefined, blocks(LEASES), LEASE_HINT)],
      ],
      ['no failurePolicy, of which Fail is the default', failing('    failurePolicy: Fail\n', ''), [found()]],
      [
        'a webhook that changes pods',
        failing('Validating', 'Mutating'),
        [found(undefined, undefined, undefined, 'MutatingWebhookConfiguration guard')],
      ],
      ['a namespace that is left out', passing(', kube-system]', ']'), [system]],
      ['the other one', passing('[guard, kube-system]', '[kube-system]'), [own]],
      [
        'namespaces with a label, which its own has',
        selecting('namespaceSelector: { matchLabels: { guarded: a } }').replace(
          '{ name: guard }',
          '{ name: guard, labels: { guarded: a } }',
        ),
        [own],
      ],
      [
        'objects without a label',
        selecting('objectSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [guard] }] }'),
        [system],
      ],
      [
        'a condition that its own pods fail',
        selecting('matchConditions: [{ name: a, expression: \'request.namespace != "guard"\' }]'),
        [system],
      ],

      ['Ignore', failing('Fail', 'Ignore'), []],
      ['other resources', failing('[pods]', '[configmaps]'), []],
      ['other operations', failing('[CREATE]', '[DELETE]'), []],
      ['objects with a label', selecting('objectSelector: { matchLabels: { guarded: a } }'), []],
      [
        'namespaces that a label leaves out, which kube-system may have, and its own has not',
        selecting(
          'namespaceSelector: { matchExpressions: [{ key: guarded, operator: NotIn, values: [a] }] }',
        ),
        [own],
      ],
      [
        'a condition on the user, who is not known',
        selecting('matchConditions: [{ name: a, expression: \'request.userInfo.username != "a"\' }]'),
        [],
      ],
      [
        'conditions that leave both out',
        selecting(
          'matchConditions: [{ name: a, expression: \'!(object.metadata.namespace in ["guard", "kube-system"])\' }]',
        ),
        [],
      ],
    ];
  },
);
