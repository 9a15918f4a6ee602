import { stepsTo } from '../../manifest/step';
import { withoutSecrets } from './object';

/**
 * The values of the field at `path` of objects, without secrets: each object may say that there is one, by its kind or by
 * what is beside the field, such as the name of a variable.
 */
export function fieldWithoutSecrets(value: unknown, path: string, objects: readonly unknown[]): unknown {
  return objects.reduce((shown, object) => {
    const { steps, rest } = stepsTo(object, path);
    return withoutSecrets(shown, object, [...steps, ...namesIn(rest)]);
  }, value);
}

/** The steps of a path that leads on where an object has nothing. */
function namesIn(path: string): (string | number)[] {
  return [...path.matchAll(/\.?([^.[\]]+)|\[([^[\]]*)\]/g)].map(
    ([, name, key = '']) => name ?? (/^\d+$/.test(key) ? Number(key) : key),
  );
}
