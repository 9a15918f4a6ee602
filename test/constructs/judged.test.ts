import { check } from '../../lib';
import { CLUSTERS, renderedIn } from './clusters';
import { CONSTRUCTS } from './maximal';

/** A kind of somebody else, which is to be judged by nothing. */
const FOREIGN = 'example.com/v1 Widget';

/** Findings that the object is refused, or that nobody knows whether it is. */
const REFUSES = /^admission\/(?!warning$)/;

describe.each(CLUSTERS)('in a cluster with $has', (cluster) => {
  test.each(CONSTRUCTS)('each object that a $name makes is judged by a schema, and accepted', (construct) => {
    for (const set of renderedIn(cluster, construct)) {
      const refused = check(set)
        .filter(({ rule, id }) => REFUSES.test(rule) && `${id.apiVersion} ${id.kind}` !== FOREIGN)
        .map(({ rule, id, path, message }) => `${rule} ${id.kind} ${path}: ${message}`);
      expect(refused).toEqual([]);
      expect(set.size).toBeGreaterThan(0);
    }
  });
});
