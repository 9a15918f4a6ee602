import type { LabelSelector } from '../kube/labels';
import type { Manifest } from '../manifest/manifest';
import { comesWithClusters, hasVariable } from './cluster-kinds';
import { hasPart, partsOf } from './target-parts';
import type { Field } from '../manifest/field';
import type {
  Naming,
  NamingReference,
  Part,
  ObjectReference,
  Selecting,
  SelectingReference,
  Target,
} from './reference';
import { makersOf } from './selections';
import type { Found, World } from './world';

/** Finds the references in the fields of one object. */
export type ReferenceSource = (collect: ReferenceCollector, object: Field) => void;

/** The part of a target that a field refers to. */
export interface TargetPart {
  readonly type: Part['type'];
  readonly at: Field;
  /** The parts of the target, if the target itself does not list them. */
  readonly has?: readonly string[] | undefined;
}

export interface NamingOptions {
  readonly optional?: boolean;
  /** Whether only the name of the field tells what it refers to. */
  readonly byShape?: boolean;
  readonly part?: TargetPart;
}

/** Collects the references of one object, and looks up each of them. */
export class ReferenceCollector {
  readonly references: ObjectReference[] = [];
  readonly world: World;
  readonly from: Manifest;
  /** The namespace of the object: that of every name without one. */
  readonly namespace: string;

  constructor(world: World, from: Manifest, namespace: string) {
    this.world = world;
    this.from = from;
    this.namespace = namespace;
  }

  /** A field names an object; an empty one names none. */
  name(
    role: Naming,
    at: Field,
    target: Target,
    { optional = false, byShape = false, part }: NamingOptions = {},
  ): void {
    if (target.name === '') return;
    const found = this.world.find(target);
    const away = hasVariable(target) || this.#mayComeWithCluster(target);
    const reference: NamingReference = {
      type: 'names',
      role,
      from: this.from,
      path: at.path,
      target,
      beside: beside(at),
      optional,
      resolution: found?.resolution ?? (away ? 'unknown' : 'missing'),
      ...(byShape && { byShape }),
      ...(found?.manifest !== undefined && { found: found.manifest }),
      ...(part?.at.isSet === true && { part: referredPart(part, found) }),
    };
    this.references.push(reference);
  }

  /** Whether a cluster may have the target, of which nothing is known. */
  #mayComeWithCluster(target: Target): boolean {
    return comesWithClusters(target) && !this.world.knows(target) && !this.world.isComplete(target);
  }

  /** A field selects the pods, by their labels, of some namespaces or all. */
  pods(role: Selecting, at: Field, selector: LabelSelector, namespaces?: readonly string[]): void {
    this.selects(role, at, selector, namespaces, makersOf(this.world.pods.select(selector, namespaces)));
  }

  /** A field selects Services by their labels. */
  services(role: Selecting, at: Field, selector: LabelSelector, namespaces?: readonly string[]): void {
    const found = makersOf(this.world.services.select(selector, namespaces));
    this.selects(role, at, selector, namespaces, found);
  }

  private selects(
    role: Selecting,
    at: Field,
    selector: LabelSelector,
    namespaces: readonly string[] | undefined,
    found: readonly Manifest[],
  ): void {
    const reference: SelectingReference = {
      type: 'selects',
      role,
      from: this.from,
      path: at.path,
      selector,
      namespaces,
      found,
    };
    this.references.push(reference);
  }
}

/** The part of the target that a field refers to, where it is set. */
function referredPart({ type, at, has: listed }: TargetPart, found: Found | undefined): Part {
  const has = listed ?? (found === undefined ? undefined : partsOf(type, found));
  const value = at.value as string | number;
  const isThere = has === undefined ? undefined : hasPart(has, value);
  return { type, value, path: at.path, found: isThere, has: has ?? [] };
}

/** The fields next to a name that identify the object it is the name of. */
const BESIDE = [
  ['apiVersion', 'group'],
  ['apiGroup', 'group'],
  ['group', 'group'],
  ['kind', 'kind'],
  ['namespace', 'namespace'],
] as const;

function beside(at: Field): NamingReference['beside'] {
  const fields: { group?: string; kind?: string; namespace?: string } = {};
  for (const [name, meaning] of BESIDE) {
    const field = at.beside(name);
    if (field?.isSet === true) fields[meaning] = field.path;
  }
  return fields;
}
