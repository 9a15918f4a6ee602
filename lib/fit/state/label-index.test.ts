import type { PodMatcher } from '../pods/terms';
import { LabelIndex } from './label-index';

const pods = { namespace: 'shop', labels: { app: 'api', tier: 'web' } };
const matcher = (key: string, label: string | undefined, takes = true): PodMatcher => ({
  key,
  label,
  accepts: () => takes,
});
const keys = (found: readonly PodMatcher[]): string[] => found.map(({ key }) => key).sort();

test('what seeks a label of the pods, or none, is asked, and what comes later as well', () => {
  const index = new LabelIndex<PodMatcher>((each) => each);
  index.add(matcher('api', 'app=api'));
  index.add(matcher('other', 'app=other'));
  index.add(matcher('any', undefined));
  index.add(matcher('refuses', 'tier=web', false));
  expect(keys(index.accepting(pods))).toEqual(['any', 'api']);
  index.add(matcher('web', 'tier=web'));
  expect(keys(index.accepting(pods))).toEqual(['any', 'api', 'web']);
  expect(keys(index.accepting({ namespace: 'shop', labels: {} }))).toEqual(['any']);
});
