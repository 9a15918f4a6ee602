import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { namesIn, type NameInProps } from '../constructs/core/existing';
import { WHOLE } from '../constructs/core/origin';
import { locate } from '../constructs/core/problems';
import { SECRET_KINDS } from '../kube/secret-kinds';
import { isSlip } from '../kube/slip';
import type { Placed } from './collect';
import type { Report } from './report';

/**
 * A string in a prop names an object that the cluster has already, or one of the app by its whole name. Reports INVALID_PROP
 * where the same chart has an object that may be meant instead: its construct has this id, or its name is a letter off.
 */
export function checkOwnNames(objects: readonly Placed[], report: Report): void {
  let index: Index | undefined;
  const told = new Set<string>();
  for (const placed of objects) {
    const named = namesIn(placed.object).filter(({ isNamed }) => isNamed);
    if (named.length === 0) continue;
    index ??= indexOf(objects);
    for (const each of named) {
      const meant = meantBy(each, placed, index);
      const owner = ownerOf(placed.object);
      const at = `${owner.node.path} ${each.path}`;
      // The objects of a workload have the same props.
      if (meant === undefined || told.has(at)) continue;
      told.add(at);
      report(locate(owner, describe(each, meant)));
    }
  }
}

/** An object that a prop may mean. */
interface Candidate {
  readonly construct: IConstruct;
  readonly name: string;
  /** What else a reader may call it: the ids of its construct, and its name without the hash of its content. */
  readonly called: ReadonlySet<unknown>;
}

interface Index {
  /** By environment, kind and name. */
  readonly names: ReadonlySet<string>;
  /** By chart and kind. */
  readonly candidates: ReadonlyMap<IConstruct, ReadonlyMap<string, Candidates>>;
}

/** The objects of a kind in a chart, and the first by each of what a reader may call it. */
interface Candidates {
  readonly all: Candidate[];
  readonly called: Map<unknown, Candidate>;
}

/** Names of more than this are not compared letter by letter: many wrong names among as many others would take n². */
const MOST_COMPARED = 500;

function indexOf(objects: readonly Placed[]): Index {
  const names = new Set<string>();
  const candidates = new Map<IConstruct, Map<string, Candidates>>();
  for (const { object, chart, environment } of objects) {
    const kind = asSecret(object.kind);
    const candidate = candidateOf(object);
    names.add([environment?.node.id, kind, candidate.name].join('|'));
    const kinds = candidates.get(chart) ?? new Map<string, Candidates>();
    candidates.set(chart, kinds);
    const alike: Candidates = kinds.get(kind) ?? { all: [], called: new Map() };
    kinds.set(kind, alike);
    alike.all.push(candidate);
    for (const each of candidate.called) if (!alike.called.has(each)) alike.called.set(each, candidate);
  }
  return { names, candidates };
}

/** Kinds whose controllers make a Secret of the same name. */
function asSecret(kind: string): string {
  return SECRET_KINDS.has(kind) ? 'Secret' : kind;
}

function candidateOf(object: ApiObject): Candidate {
  const construct = ownerOf(object);
  const own = construct as { readonly name?: unknown; readonly stableName?: unknown };
  const isSingle = typeof own.stableName === 'string' && typeof own.name === 'string';
  const name = isSingle ? String(own.name) : object.name;
  return { construct, name, called: new Set([construct.node.id, object.node.id, own.stableName]) };
}

/** The construct that an object is a part of. */
function ownerOf(object: ApiObject): IConstruct {
  const { scope } = object.node;
  return scope !== undefined && WHOLE in scope ? scope : object;
}

function meantBy({ kind, name }: NameInProps, placed: Placed, index: Index): Candidate | undefined {
  if (index.names.has([placed.environment?.node.id, kind, name].join('|'))) return undefined;
  const candidates = index.candidates.get(placed.chart)?.get(kind);
  if (candidates === undefined) return undefined;
  const compared = candidates.all.slice(0, MOST_COMPARED);
  return (
    candidates.called.get(name) ??
    compared.find((candidate) => isSlip(name, candidate.name)) ??
    compared.find(({ construct }) => isSlip(name, construct.node.id))
  );
}

function describe({ kind, name, path }: NameInProps, { construct, name: own }: Candidate) {
  const message =
    `Invalid value: "${name}": the app has no ${kind} of this name, ` +
    `but ${construct.node.path} makes ${kind} "${own}"`;
  const hint = `Pass the construct for its object, or \`existing('${kind}', '${name}')\` for one that the cluster has.`;
  return { code: 'INVALID_PROP', path, message, hint } as const;
}
