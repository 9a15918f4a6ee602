/**
 * Whether `check` finds what breaks, once and in the right place:
 *
 *   npm run build && npx jiti bench/mutations.ts
 *
 * The apps of this repository, and a platform with the kinds that they do not use, are rendered and found to have no
 * error. Then one field at a time is changed so that one relation breaks, and `check` has to give exactly one error, of
 * the rule that was expected, which names object, field, construct and line of source.
 */
import { check } from 'seaworthy';
import { EXISTING, renderedPlaces } from './mutations/apps';
import { MUTATIONS } from './mutations/table';
import { complaint } from './mutations/verdict';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the modules act when they are loaded
const places = renderedPlaces((module) => void require(`./mutations/${module}`));
let objects = 0;
for (const [place, set] of places) {
  objects += set.size;
  const errors = check(set, { assume: EXISTING }).filter(({ severity }) => severity === 'error');
  for (const { rule, path, message } of errors)
    console.log(`${place} is not sound: ${rule} ${path} ${message}`);
}

const failures = MUTATIONS.flatMap((mutation) => {
  const wrong = complaint(places, mutation);
  const { place, object, path, rule } = mutation;
  return wrong === undefined ? [] : [`${place} ${object} ${path} (${rule}): ${wrong}`];
});
for (const failure of failures) console.log(failure);
const rules = new Set(MUTATIONS.map(({ rule }) => rule));
console.log(
  `${MUTATIONS.length - failures.length} of ${MUTATIONS.length} mutations, of ${rules.size} rules, ` +
    `in ${objects} objects are found once and in their place`,
);
