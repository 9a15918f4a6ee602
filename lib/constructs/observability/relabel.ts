import type { Shape } from '../core/shape';
import { choice, list, number, record, text } from '../core/shapes';

const ACTIONS = [
  'replace',
  'keep',
  'drop',
  'keepequal',
  'dropequal',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
] as const;

/**
 * A change to the labels of a target or of its metrics.
 *
 * Source: RelabelConfig of monitoring.coreos.com/v1.
 */
export interface Relabel {
  /** What is done. @default 'replace', set by Prometheus */
  readonly action?: (typeof ACTIONS)[number];
  /** Labels whose values, joined by the separator, `regex` has to match. @default none */
  readonly sourceLabels?: readonly string[];
  /** What joins them. @default ';', set by Prometheus */
  readonly separator?: string;
  /** Regular expression, of the values or, for the actions on labels, of their names. @default '(.*)', set by Prometheus */
  readonly regex?: string;
  /** Label that gets the result. @default none */
  readonly targetLabel?: string;
  /** The result, with the groups of `regex` as `$1`. @default '$1', set by Prometheus */
  readonly replacement?: string;
  /** Divisor of the hash of the values, for `hashmod`. @default none */
  readonly modulus?: number;
}

export const RELABEL: Shape<readonly Relabel[]> = list(
  record<Relabel>(
    {
      action: choice(ACTIONS),
      sourceLabels: list(text),
      separator: text,
      regex: text,
      targetLabel: text,
      replacement: text,
      modulus: number,
    },
    { example: "{ action: 'drop', sourceLabels: ['__name__'], regex: 'go_.*' }" },
  ),
);
