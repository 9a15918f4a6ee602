import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { SeaworthyError } from '../../errors';
import { lineOf } from './call-site';
import { optional } from './props';

/** What a construct has to be in: an object needs the chart whose file it goes to. */
export type Above = 'app' | 'chart';

/**
 * The scope of a construct that is being created, for its `super` call. constructs itself takes any value for a scope, and
 * fails with "id.replace is not a function" where the scope is left out.
 *
 * @param made the class, for the message
 * @throws SeaworthyError INVALID_PROP for a scope that is no construct or in no chart, and for an id that is no text
 */
export function inScope(
  scope: unknown,
  id: unknown,
  { name }: { readonly name: string },
  above: Above = 'chart',
): Construct {
  const isScope = Construct.isConstruct(scope);
  const isId = typeof id === 'string' && id !== '';
  if (isScope && isId && (above === 'app' || isInChart(scope))) return scope;
  const own = typeof scope === 'string' ? scope : isId ? id : 'my-id';
  const [path, message] = !isScope
    ? ['scope', `Required value: the construct that the ${name} is created in`]
    : !isId
      ? ['id', `Required value: the id of the ${name}, a name that is unique in its scope`]
      : ['scope', `Invalid value: ${scope.constructor.name}: a ${name} is created in a chart`];
  throw new SeaworthyError({
    code: 'INVALID_PROP',
    path,
    message,
    hint: `Write new ${name}(${above}, '${own}', …), or new ${name}(this, '${own}', …) in a class of your own.`,
    ...optional('source', lineOf(inScope)),
  });
}

/** Whether a construct is a chart, or below one. */
export function isInChart(construct: IConstruct): boolean {
  for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope)
    if (Chart.isChart(at)) return true;
  return false;
}
