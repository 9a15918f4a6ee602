import type { IConstruct } from 'constructs';
import { matches, type LabelSelector, type Labels } from '../../kube/labels';
import { Environment } from '../core/environment';
import type { Reporter } from '../core/problems';

/** What a Prometheus of the operator selects. */
export type Selected = 'serviceMonitor' | 'podMonitor' | 'rule';

/**
 * The labels of an object that the profile's Prometheus is to select: its own, and those that the selector requires. What
 * is required has precedence, since without it nobody reads the object.
 */
export function selectedLabels(
  construct: IConstruct,
  which: Selected,
  own: Labels = {},
  report: Reporter = () => undefined,
): Labels {
  const selector = Environment.of(construct)?.profile.prometheus?.[`${which}Selector`];
  if (selector === undefined) return own;
  const labels = { ...own, ...requiredLabels(selector) };
  if (!matches(selector, labels))
    report({
      code: 'INVALID_LABEL',
      path: 'labels',
      message: `Prometheus does not select it: ${which}Selector of the profile excludes these labels`,
      hint: `Change \`labels\`, or \`prometheus.${which}Selector\` of the profile.`,
    });
  return labels;
}

/** Labels that a selector asks for; of several values the first. */
function requiredLabels({ matchLabels = {}, matchExpressions = [] }: LabelSelector): Labels {
  const wanted = matchExpressions.flatMap(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return [[key, 'true']];
    const [first] = values;
    return operator === 'In' && first !== undefined ? [[key, first]] : [];
  });
  return { ...(Object.fromEntries(wanted) as Labels), ...matchLabels };
}
