import type { ClusterProfile } from '../../../profiles/cluster-profile';
import type { FieldProp, Fields } from '../../core/fields';
import { renderFields, shapesOf } from '../../core/fields';
import type { Reporter } from '../../core/problems';
import { shown } from '../../core/props';
import type { Shapes } from '../../core/shape';
import type { RecordShape } from '../../core/shapes';
import { number, record } from '../../core/shapes';
import type { TriggerAuth } from './auth';
import { AUTH, parametersOf } from './auth';

/** What a trigger needs to ask its source. */
export interface Authenticated {
  /** Credentials or identity by which KEDA asks. @default none */
  readonly auth?: TriggerAuth;
}

/** Where a trigger is looked at. */
export interface TriggerRange {
  readonly min: number;
  readonly max: number;
  /** Whether there are no pods while nothing triggers. */
  readonly scalesToZero: boolean;
  /** Whether each item gets a Job of its own, so that nothing is scaled down. */
  readonly isJob: boolean;
}

/** A trigger whose props have types. */
export interface TriggerKind<P> {
  readonly shape: RecordShape<P>;
  /** KEDA's name of it. */
  readonly type: (props: P) => string;
  readonly metadata: (props: P, report: Reporter, range: TriggerRange) => Readonly<Record<string, string>>;
  /** What its authentication may give, in KEDA's words; none where it needs none. */
  readonly parameters: readonly string[];
  /** The props that the profile of the cluster says where the trigger does not. */
  readonly defaults: (profile: ClusterProfile) => Partial<P>;
}

/** A trigger with any props. */
export interface AnyTriggerKind {
  readonly shape: RecordShape<unknown>;
  readonly type: (props: never) => string;
  readonly metadata: (
    props: never,
    report: Reporter,
    range: TriggerRange,
  ) => Readonly<Record<string, string>>;
  readonly parameters: readonly string[];
  readonly defaults: (profile: ClusterProfile) => object;
}

interface TriggerFacts<P> {
  readonly type: string | ((props: P) => string);
  /** Each prop and the metadata that it becomes. */
  readonly fields: Fields<Omit<P, 'auth'>>;
  /** Props that it cannot do without, with how each is written. */
  readonly required: Readonly<Partial<Record<keyof P, string>>>;
  /** Metadata that the authentication may give instead, by prop. */
  readonly fromAuth?: Readonly<Partial<Record<keyof P, string>>>;
  /** What the profile of the cluster may say instead, by prop. */
  readonly fromProfile?: Readonly<Partial<Record<keyof P, FromProfile>>>;
  readonly parameters: readonly string[];
  readonly check?: (props: P, report: Reporter, range: TriggerRange) => void;
}

/** A field of the profile that says a prop. */
interface FromProfile {
  /** How it is written: `prometheus: { address: 'http://prometheus.monitoring:9090' }`. */
  readonly example: string;
  readonly read: (profile: ClusterProfile) => unknown;
}

/** A trigger as the facts of KEDA's documentation make it. */
export function triggerKind<P extends object>(facts: TriggerFacts<P>): TriggerKind<P> {
  const { type, fields, required, parameters } = facts;
  const example = Object.entries(required).map(([prop, value]) => `${prop}: ${String(value)}`);
  return {
    shape: record<P>(
      { ...shapesOf(fields), ...(parameters.length > 0 && { auth: AUTH }) } as unknown as Shapes<P>,
      { example: `{ ${example.join(', ')} }` },
    ),
    type: typeof type === 'string' ? () => type : type,
    parameters,
    defaults: (profile) =>
      Object.fromEntries(
        Object.entries<FromProfile | undefined>(facts.fromProfile ?? {}).flatMap(([prop, field]) => {
          const value = field?.read(profile);
          return value === undefined ? [] : [[prop, value]];
        }),
      ) as Partial<P>,
    metadata: (props, report, range) => {
      checkRequired(props, facts, report);
      facts.check?.(props, report, range);
      return stringsOf(renderFields(props, fields as Fields<P>, report));
    },
  };
}

function checkRequired<P extends object>(
  props: P,
  { required, fromAuth, fromProfile }: TriggerFacts<P>,
  report: Reporter,
): void {
  for (const [prop, value] of Object.entries(required) as [keyof P & string, string][]) {
    if (props[prop] !== undefined) continue;
    const parameter = fromAuth?.[prop];
    if (parameter !== undefined && mayGive((props as Authenticated).auth, parameter)) continue;
    const field = fromProfile?.[prop];
    const instead = [
      ...(parameter === undefined ? [] : [`, or \`auth: { ${parameter}: … }\``]),
      ...(field === undefined ? [] : [`, or \`${field.example}\` in the profile`]),
    ].join('');
    report({
      code: 'MISSING_PROP',
      path: prop,
      message: `Required value: the trigger needs ${prop}`,
      hint: `Set \`${prop}: ${value}\`${instead}.`,
    });
  }
}

/** Whether the authentication has a parameter; one that exists already may have any. */
export function mayGive(auth: TriggerAuth | undefined, parameter: string): boolean {
  if (auth === undefined) return false;
  const given = parametersOf(auth);
  return given === undefined || given.includes(parameter);
}

/** KEDA takes all metadata as strings; lists are separated by commas. */
export function stringsOf(metadata: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, (Array.isArray(value) ? value : [value]).join(',')]],
    ),
  );
}

/** A target, above 0: the autoscaler divides by it. */
export function asTarget(
  field: string,
  and: Readonly<Record<string, string>> = {},
  { whole = false } = {},
): FieldProp<number> {
  return {
    shape: number,
    field,
    render: (value, path, report) => {
      if (value <= 0 || (whole && !Number.isInteger(value))) {
        const expected = whole ? 'an integer of at least 1' : 'greater than 0';
        report({
          code: 'INVALID_PROP',
          path,
          message: `Invalid value: ${shown(value)}: must be ${expected}`,
        });
      }
      return { ...and, [field]: value };
    },
  };
}

/** A value above which the source counts as active, 0 or more. */
export function asActivation(field: string): FieldProp<number> {
  return {
    shape: number,
    field,
    render: (value, path, report) => {
      if (value < 0)
        report({
          code: 'INVALID_PROP',
          path,
          message: `Invalid value: ${shown(value)}: must not be negative`,
        });
      return { [field]: value };
    },
  };
}
