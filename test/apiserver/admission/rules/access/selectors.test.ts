import { admit } from '../../../../../lib/index';

const review = (labelSelector: object) => ({
  apiVersion: 'authorization.k8s.io/v1',
  kind: 'SelfSubjectAccessReview',
  metadata: {},
  spec: { resourceAttributes: { verb: 'list', resource: 'pods', labelSelector } },
});
const requirements = [{ key: 'app', operator: 'In', values: ['api'] }];
const paths = (object: object): string[] => admit(object).map(({ path }) => path);

it('takes the selector of a review as it is written, or as requirements, and not as both', () => {
  const at = 'spec.resourceAttributes.labelSelector';
  expect(paths(review({ rawSelector: 'app=api' }))).toEqual([]);
  expect(paths(review({ requirements }))).toEqual([]);
  expect(paths(review({ rawSelector: 'app=api', requirements }))).toEqual([`${at}.rawSelector`]);
  expect(paths(review({}))).toEqual([`${at}.requirements`]);
});
