/** Types of values. */
export type ValueType = 'scalar' | 'instant vector' | 'range vector' | 'string';

/** A type, or `undefined` where it is not known. */
export type Type = ValueType | undefined;

/** What a function takes and returns. */
export interface Signature {
  readonly takes: readonly ValueType[];
  /** How many of the last arguments may be left out. */
  readonly optional: number;
  /** Whether the last argument may come several times. */
  readonly variadic: boolean;
  readonly returns: ValueType;
}

const TYPES: Readonly<Record<string, ValueType>> = {
  v: 'instant vector',
  m: 'range vector',
  s: 'scalar',
  t: 'string',
};

/**
 * The functions by what they take: v an instant vector, m a range vector, s a scalar, t a string; `?` after what may be
 * left out, `*` after what may come any number of times.
 *
 * Source: `Functions` of promql/parser/functions.go, Prometheus 3.15; `holt_winters` is what 2.x calls
 * `double_exponential_smoothing`.
 */
const TABLE: Readonly<Record<string, string>> = {
  '': 'time pi start end range step',
  v:
    'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count ' +
    'histogram_sum histogram_stddev histogram_stdvar ln log10 log2 rad scalar sgn sin sinh sort sort_desc sqrt tan tanh ' +
    'timestamp',
  m:
    'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate ' +
    'last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time ' +
    'stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
  'v?': 'day_of_month day_of_week day_of_year days_in_month hour minute month year',
  s: 'vector',
  sv: 'histogram_quantile',
  sm: 'quantile_over_time',
  ssv: 'histogram_fraction',
  ms: 'predict_linear',
  mss: 'double_exponential_smoothing holt_winters',
  vs: 'clamp_max clamp_min',
  vss: 'clamp',
  'vs?': 'round',
  'vv?': 'info',
  vtttt: 'label_replace',
  'vttt*': 'label_join',
  'vt*': 'sort_by_label sort_by_label_desc',
  'vtss*': 'histogram_quantiles',
};

const SCALARS: ReadonlySet<string> = new Set(['time', 'pi', 'scalar', 'start', 'end', 'range', 'step']);

const SIGNATURES: ReadonlyMap<string, Signature> = new Map(
  Object.entries(TABLE).flatMap(([form, names]) => {
    const takes = form.split('').flatMap((letter) => TYPES[letter] ?? []);
    const optional = /[?*]$/.test(form) ? 1 : 0;
    const variadic = form.endsWith('*');
    return names.split(' ').map((name): [string, Signature] => {
      const returns = SCALARS.has(name) ? 'scalar' : 'instant vector';
      return [name, { takes, optional, variadic, returns }];
    });
  }),
);

/** The signature of a function; `undefined` where it is not known. */
export function signatureOf(name: string): Signature | undefined {
  return SIGNATURES.get(name);
}

/** The parameter of an aggregation that comes before the vector. */
export const AGGREGATION_PARAMETERS: Readonly<Record<string, ValueType>> = {
  topk: 'scalar',
  bottomk: 'scalar',
  quantile: 'scalar',
  limitk: 'scalar',
  limit_ratio: 'scalar',
  count_values: 'string',
};

/** What can be called: functions and aggregations. */
export const CALLABLE: readonly string[] = [
  ...SIGNATURES.keys(),
  ...['avg', 'count', 'group', 'max', 'min', 'stddev', 'stdvar', 'sum'],
  ...Object.keys(AGGREGATION_PARAMETERS),
];
