/** What the names of our rules begin with, before the slash; known without the rules, which take long to load. */
export const RULE_GROUPS: readonly string[] = [
  'admission',
  'fit',
  'manifest',
  'policy',
  'settings',
  'suppression',
  'wiring',
];
