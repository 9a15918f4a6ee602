import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/network-policy-peer-missing', 'error', [
  'NetworkPolicy web',
  'spec.ingress[0].from[0].podSelector',
  'selector app=client matches no pods',
  'The closest match is Pod web with app=web.',
]);
