import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/network-policy-peer-missing',
  'error',
  [
    'NetworkPolicy web',
    'spec.ingress[0].from[0].podSelector',
    'selector app=wbe matches no pods',
    'The closest match is Pod web with app=web.',
  ],
  ({ failing, passing, found }) => [
    ['egress', failing('ingress: [{ from:', 'egress: [{ to:'), [found('spec.egress[0].to[0].podSelector')]],
    [
      'a misspelled namespace',
      passing(
        'from: [',
        'from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shpo } } }, ',
      ) + '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
      [
        found(
          'spec.ingress[0].from[0].namespaceSelector.matchLabels[kubernetes.io/metadata.name]',
          'namespace "shpo" not found',
          'Did you mean "shop"?',
        ),
      ],
    ],
    [
      'a misspelled namespace of egress',
      passing(
        'ingress: [{ from: [',
        'egress: [{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shpo } } }, ',
      ) + '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
      [
        found(
          'spec.egress[0].to[0].namespaceSelector.matchLabels[kubernetes.io/metadata.name]',
          'namespace "shpo" not found',
          'Did you mean "shop"?',
        ),
      ],
    ],
    [
      'a known namespace',
      passing(
        'from: [',
        'from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }, ',
      ) + '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
      [],
    ],
    [
      'a namespace unlike any known',
      passing(
        'from: [',
        'from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }, ',
      ) + '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
      [],
    ],
    [
      'twice the same name',
      passing(
        'from: [',
        'from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shpo } } }, { namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shpo } } }, ',
      ) + '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
      [
        found(
          'spec.ingress[0].from[0].namespaceSelector.matchLabels[kubernetes.io/metadata.name]',
          'namespace "shpo" not found',
          'Did you mean "shop"?',
        ),
        found(
          'spec.ingress[0].from[1].namespaceSelector.matchLabels[kubernetes.io/metadata.name]',
          'namespace "shpo" not found',
          'Did you mean "shop"?',
        ),
      ],
    ],
  ],
);
