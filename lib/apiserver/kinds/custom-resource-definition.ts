import type { KindUpdate } from './kind-update';

/** @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinitionUpdate 1.36 */
export const customResourceDefinitionUpdate: KindUpdate = {
  kind: 'apiextensions.k8s.io/CustomResourceDefinition',
  about:
    'The group, scope, plural and kind may not change, and a version in which objects have been stored has to stay.',
  onlyCreated: /^metadata\.name$|^status\./,
  check(now, was) {
    const names = now
      .child('spec')
      .child('versions')
      .items.map((version) => version.child('name').text);
    const versions = was.child('spec').child('versions').items;
    const stored = versions.find((version) => version.child('storage').isTrue)?.child('name').text;
    if (stored === undefined || names.includes(stored)) return;
    const [place] = now.child('status').child('storedVersions').holding([stored]).items;
    place?.invalid(
      `${stored} cannot go while objects are stored in it`,
      'Keep the version with served: false until every object has been stored anew and status.storedVersions says so.',
    );
  },
};
