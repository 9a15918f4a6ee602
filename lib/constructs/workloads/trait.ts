import type { ApiObjectMetadata } from 'cdk8s';
import type { KubeObject as PlainObject } from '../../manifest/manifest';
import type { Reporter } from '../core/problems';
import type { Keys } from '../core/props';
import type { Shapes } from '../core/shape';
import type { Peer } from '../network/peer';
import type { ContainerProps } from './container/container';
import type { NamedPort } from './container/ports';
import type { PodPart } from './pod/pod';

/** What a trait sees of its workload. */
export interface TraitPlace {
  /** The workload: the scope of the trait's objects. */
  readonly workload: Peer;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Ports of the main container. */
  readonly ports: readonly NamedPort[];
  /** Whether two pods or more run at a time. */
  readonly severalPods: boolean;
  /** Whether there is a Service of its name, which leads to its ports. */
  readonly served: boolean;
  /** Whether its pods call each other, as the replicas of a database do. */
  readonly podsCallEachOther: boolean;
  /** Metadata of an object that belongs to the workload: its name, namespace and labels, and these annotations. */
  readonly metadata: (
    annotations?: Readonly<Record<string, string>>,
  ) => ApiObjectMetadata & { readonly name: string };
  /** The containers that run all the time, by name, with those that were added since. */
  readonly runningContainers: () => Readonly<Record<string, ContainerProps<unknown>>>;
  /** The main object as it is rendered, with defaults and overrides: for objects about it, when they are rendered. */
  readonly rendered: () => PlainObject;
}

/** A trait on one workload. What it adds is rendered anew each time; problems go to the reporter. */
export interface Part {
  /** Adds fields to the `spec` of the workload. */
  renderSpec?(report: Reporter): Readonly<Record<string, unknown>>;
  /** Adds to the pods. */
  renderPod?(report: Reporter): PodPart;
}

/** The members `M` as a part has them: a method that returns nothing returns the workload to the user. */
type Members<M> = {
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a method may return nothing
  readonly [K in keyof M]: M[K] extends (...args: infer A) => infer R ? (...args: A) => R | void : M[K];
};

/**
 * A capability of workloads, such as scaling. Its file holds the props `P` that turn it on, what it renders, and the
 * members `M` that it gives to the workload: its objects, and methods that relate the workload to others.
 */
export interface Trait<P, M extends object = object, T extends Part & Members<M> = Part & Members<M>> {
  /** The shape of each of its props. */
  readonly shapes: Shapes<P>;
  readonly members: Keys<M>;
  /** Whether its objects precede the workload, since pods cannot start without them. @default they follow it */
  readonly precedes?: true;
  /** Whether it makes two pods or more run at a time. @default it does not */
  readonly severalPods?: (props: P) => boolean;
  /** What it makes of the ports of the main container, before any trait is attached. @default they stay as they are */
  readonly markPorts?: (ports: readonly NamedPort[], props: P) => readonly NamedPort[];
  /** Makes the trait's objects for one workload. It is called once, from the workload's constructor. */
  readonly attach: (place: TraitPlace, props: P) => T;
}

/** A trait with any members, for workloads that have the props `P`. */
export interface AnyTrait<P> {
  readonly shapes: object;
  readonly members: Readonly<Record<string, true>>;
  readonly precedes?: true;
  readonly severalPods?: (props: P) => boolean;
  readonly markPorts?: (ports: readonly NamedPort[], props: P) => readonly NamedPort[];
  // A part that only other traits ask, such as connections, has nothing in common with Part; `object` lets it pass.
  readonly attach: (place: TraitPlace, props: P) => Part & object;
}

/** The traits that a kind of workload takes: together they have the props `P` and the members `M`. */
export interface TraitList<P, M> {
  readonly shapes: Shapes<P>;
  readonly members: Keys<M>;
  readonly list: readonly AnyTrait<P>[];
}

type MembersOf<T> = T extends { readonly members: infer Names } ? keyof Names : never;

/** All that each of the tables in `T` has. */
type Together<T> = (T extends { readonly shapes: infer Table } ? (table: Table) => void : never) extends (
  table: infer All,
) => void
  ? All
  : never;

/** A list of traits; the compiler holds it to the props and members of its type. */
export function traitList<const T extends readonly AnyTrait<never>[]>(
  ...list: T
): {
  readonly shapes: Together<T[number]>;
  readonly members: Readonly<Record<MembersOf<T[number]>, true>>;
  readonly list: T;
} {
  const shapes = Object.assign({}, ...list.map((trait) => trait.shapes)) as Together<T[number]>;
  const members = Object.assign({}, ...list.map((trait) => trait.members)) as Record<string, true>;
  return { shapes, members, list };
}

/** Where a workload keeps its traits: a property costs the garbage collector less than a WeakMap of all workloads. */
const ATTACHED = Symbol.for('seaworthy.traits');

const NO_PART: Part = {};

interface Attached {
  readonly traits: readonly AnyTrait<never>[];
  /** The parts, each at the index of its trait; empty until it is attached. */
  readonly parts: Part[];
}

function attachedTo(workload: object): Attached | undefined {
  return (workload as { readonly [ATTACHED]?: Attached })[ATTACHED];
}

/** Puts those of `traits` that precede the workload, or those that follow it, on the workload of `place`. */
export function attach<P>(
  traits: readonly AnyTrait<P>[],
  place: TraitPlace,
  props: P,
  which: 'preceding' | 'following',
): void {
  const { workload } = place;
  if (attachedTo(workload) === undefined)
    Object.defineProperty(workload, ATTACHED, {
      value: { traits, parts: traits.map(() => NO_PART) } satisfies Attached,
    });
  const parts = attachedTo(workload)?.parts ?? [];
  for (const [index, trait] of traits.entries())
    if ((trait.precedes === true) === (which === 'preceding')) parts[index] = trait.attach(place, props);
}

/** Every trait on `workload`, in the order of the lists. */
export function partsOf(workload: object): readonly Part[] {
  return attachedTo(workload)?.parts ?? [];
}

/** `trait` on `workload`; `undefined` where it is no workload of ours, or one of a kind that does not take the trait. */
export function findPart<P, M extends object, T extends Part & Members<M>>(
  workload: object,
  trait: Trait<P, M, T>,
): T | undefined {
  return partOf(workload, trait) as T | undefined;
}

function partOf(workload: object, trait: object): Part | undefined {
  const { traits = [], parts = [] } = attachedTo(workload) ?? {};
  return parts[(traits as readonly object[]).indexOf(trait)];
}

/** Gives the members of `traits` to a class of workloads, whose type declares them. */
export function exposeMembers(
  type: { readonly prototype: object },
  traits: readonly AnyTrait<never>[],
): void {
  for (const trait of traits) {
    for (const name of Object.keys(trait.members)) {
      Object.defineProperty(type.prototype, name, {
        configurable: true,
        get(this: object): unknown {
          return member(this, partOf(this, trait), name);
        },
      });
    }
  }
}

function member(workload: object, part: Part | undefined, name: string): unknown {
  const value: unknown = part === undefined ? undefined : Reflect.get(part, name);
  if (typeof value !== 'function') return value;
  return (...args: unknown[]): unknown => (Reflect.apply(value, part, args) as unknown) ?? workload;
}
