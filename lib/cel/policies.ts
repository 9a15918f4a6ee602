import type { KubernetesRelease } from '../kube/schema';
import {
  BOOL,
  DYN,
  INT,
  NULL,
  STRING,
  TIMESTAMP,
  describeType,
  listOf,
  mapOf,
  same,
  struct,
} from './check/type';
import { typeOf } from './check/type';
import type { Type } from './check/type';
import { environment } from './environment';
import type { Environment, Structs } from './environment';
import { AUTHORIZER, RESOURCE_CHECK } from './functions/overload';
import { JSON_PATCHES } from './functions/authorizers';
import type { CelProblem } from './problem';
import { Program, compile } from './program';
import { StructValue } from './values/struct';

const TEXTS = listOf(STRING);
const LABELS = mapOf(STRING, STRING);
const KIND = { group: STRING, version: STRING, kind: STRING };
const RESOURCE = { group: STRING, version: STRING, resource: STRING };

/** The messages in expressions of policies and webhooks (`admission/plugin/cel/compile.go` of the API server). */
const MESSAGES: Readonly<Record<string, Readonly<Record<string, Type>>>> = {
  'kubernetes.GroupVersionKind': KIND,
  'kubernetes.GroupVersionResource': RESOURCE,
  'kubernetes.UserInfo': { username: STRING, uid: STRING, groups: TEXTS, extra: mapOf(STRING, TEXTS) },
  'kubernetes.AdmissionRequest': {
    kind: struct('kubernetes.GroupVersionKind'),
    resource: struct('kubernetes.GroupVersionResource'),
    subResource: STRING,
    requestKind: struct('kubernetes.GroupVersionKind'),
    requestResource: struct('kubernetes.GroupVersionResource'),
    requestSubResource: STRING,
    name: STRING,
    namespace: STRING,
    operation: STRING,
    userInfo: struct('kubernetes.UserInfo'),
    dryRun: BOOL,
    options: DYN,
  },
  'kubernetes.NamespaceSpec': { finalizers: TEXTS },
  'kubernetes.NamespaceCondition': {
    status: STRING,
    type: STRING,
    lastTransitionTime: TIMESTAMP,
    message: STRING,
    reason: STRING,
  },
  'kubernetes.NamespaceStatus': {
    conditions: listOf(struct('kubernetes.NamespaceCondition')),
    phase: STRING,
  },
  'kubernetes.NamespaceMetadata': {
    name: STRING,
    generateName: STRING,
    namespace: STRING,
    labels: LABELS,
    annotations: LABELS,
    UID: STRING,
    creationTimestamp: TIMESTAMP,
    deletionGracePeriodSeconds: INT,
    deletionTimestamp: TIMESTAMP,
    generation: INT,
    resourceVersion: STRING,
    finalizers: TEXTS,
  },
  'kubernetes.Namespace': {
    metadata: struct('kubernetes.NamespaceMetadata'),
    spec: struct('kubernetes.NamespaceSpec'),
    status: struct('kubernetes.NamespaceStatus'),
  },
};

const STRUCTS: Structs = new Map(
  Object.entries(MESSAGES).map(([name, fields]) => [name, new Map(Object.entries(fields))]),
);

const VARIABLES = struct('kubernetes.variables');
const PATCH = struct('JSONPatch');
const PATCH_FIELDS: Readonly<Record<string, Type>> = { op: STRING, path: STRING, from: STRING, value: DYN };

/** The allowed result types of an expression. */
const RETURNS = {
  bool: [BOOL],
  string: [STRING],
  'string or null': [STRING, NULL],
  anything: [],
  'Object{…}': [struct('Object')],
  'a list of JSONPatch{…}': [listOf(PATCH)],
} as const;

export type Returns = keyof typeof RETURNS;

export interface PolicyScope {
  /** Whether `params` exists: the policy has a `paramKind`. */
  readonly hasParams?: boolean;
  /** Whether `variables` exists: the policy has variables, or is a mutating one. */
  readonly hasVariables?: boolean;
}

interface Purpose {
  readonly hasAuthorizer?: boolean;
  readonly isPatch?: boolean;
}

/**
 * Compiles the expressions of one policy, or of one webhook's conditions: `object` and `oldObject` are dynamic,
 * `request`, `namespaceObject` and `authorizer` are typed. Variables are visible to expressions that are compiled after
 * them.
 */
export class PolicyCompiler {
  readonly #kubernetes: KubernetesRelease;
  readonly #scope: PolicyScope;
  readonly #variables = new Map<string, Type>();

  constructor(kubernetes: KubernetesRelease, scope: PolicyScope = {}) {
    this.#kubernetes = kubernetes;
    this.#scope = scope;
  }

  /** Compiles a variable and declares it as `variables.name`; dynamic if it does not compile. */
  declare(name: string, text: string): Program | readonly CelProblem[] {
    const program = this.compile(text, 'anything');
    this.#variables.set(name, program instanceof Program ? declarable(program.type) : DYN);
    return program;
  }

  compile(
    text: string,
    returns: Returns,
    { hasAuthorizer = true, isPatch = false }: Purpose = {},
  ): Program | readonly CelProblem[] {
    const program = compile(
      text,
      this.#environment(hasAuthorizer, isPatch),
      (name, fields) => new StructValue(name, fields),
    );
    if (!(program instanceof Program)) return program;
    const types: readonly Type[] = RETURNS[returns];
    const { type } = program;
    if (types.length === 0 || (type !== undefined && types.some((each) => same(each, type)))) return program;
    const found = type === undefined ? '' : `, and evaluates to ${describeType(type)}`;
    return [{ message: `must evaluate to ${returns}${found}`, line: 1, column: 1 }];
  }

  #environment(hasAuthorizer: boolean, isPatch: boolean): Environment {
    const names = new Map<string, Type>([
      ['object', DYN],
      ['oldObject', DYN],
      ['namespaceObject', struct('kubernetes.Namespace')],
      ['request', struct('kubernetes.AdmissionRequest')],
    ]);
    if (this.#scope.hasParams === true) names.set('params', DYN);
    if (this.#scope.hasVariables === true) names.set('variables', VARIABLES);
    if (hasAuthorizer) {
      names.set('authorizer', AUTHORIZER);
      names.set('authorizer.requestResource', RESOURCE_CHECK);
    }
    const structs = new Map([...STRUCTS, [VARIABLES.name, this.#variables]]);
    const env = environment(this.#kubernetes, names, structs);
    return isPatch ? withPatches(env) : env;
  }
}

/** Variables of a few types keep their type; others are dynamic. */
function declarable(type: Type = DYN): Type {
  const [first = DYN, second = DYN] = type.parameters;
  if (type.kind === 'list') return listOf(declarable(first));
  if (type.kind === 'map') return mapOf(declarable(first), declarable(second));
  const isKept = ['bool', 'bytes', 'double', 'duration', 'int', 'null', 'string', 'timestamp', 'uint'];
  return isKept.includes(type.kind) ? type : DYN;
}

/** Patches consist of objects with dynamic fields, or of operations. */
function withPatches(env: Environment): Environment {
  const isObject = (name: string): boolean => name === 'Object' || name.startsWith('Object.');
  return {
    ...env,
    functions: new Map([...env.functions, ...JSON_PATCHES]),
    variable: (name) =>
      env.variable(name) ?? (isObject(name) || name === PATCH.name ? typeOf(struct(name)) : undefined),
    field(owner, field) {
      if (isObject(owner)) return DYN;
      return owner === PATCH.name && Object.hasOwn(PATCH_FIELDS, field)
        ? PATCH_FIELDS[field]
        : env.field(owner, field);
    },
  };
}
