import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Origin } from '../../manifest/manifest';
import type { CallSite } from './call-site';
import { callSite } from './call-site';

/**
 * Where each construct of a traced app was created. A construct that is not in here belongs to an app that is
 * not traced, such as cdk8s's own.
 */
const sources = new WeakMap<IConstruct, CallSite | undefined>();
const traced = new WeakSet<object>();

/** Marks our constructs that make objects, and those objects: their origin is where the construct was created. */
export const WHOLE = Symbol.for('seaworthy.whole');
export const PART = Symbol.for('seaworthy.part');

/** The private part of constructs' Node that tracing needs. */
interface TracedNode {
  readonly host: IConstruct;
  _children?: Record<string, IConstruct>;
  addChild(this: TracedNode, child: IConstruct, id: string): void;
}

/**
 * From now on remembers the line of user code that creates each construct below `app`.
 *
 * constructs offers no hook for new children, so the one method through which they all pass is wrapped, once for
 * each copy of the library. Apps that are not traced only pay for a look-up.
 */
export function trace(app: IConstruct): void {
  sources.set(
    app,
    callSite(trace, app, () => true),
  );
  const prototype = Object.getPrototypeOf(app.node) as TracedNode;
  if (traced.has(prototype) || typeof prototype.addChild !== 'function') return;
  traced.add(prototype);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the node that it is called on
  const { addChild } = prototype;
  prototype.addChild = function tracedAddChild(child, id) {
    const { host } = this;
    // In an object literal each id that the user chose would be a hidden class. Beyond some 1,500 of them V8 makes new
    // ones for all objects alike, at twice the time and memory; an object without prototype is a plain dictionary.
    if (!(WHOLE in host)) this._children ??= Object.create(null) as Record<string, IConstruct>;
    addChild.call(this, child, id);
    if (!sources.has(host)) return;
    const isPart = PART in child && WHOLE in host;
    sources.set(child, isPart ? sources.get(host) : callSite(tracedAddChild, child, endIn(host)));
  };
}

/**
 * Whether a function is one that made what `host` is in, or the constructor of its chart or of what that is in: then it is
 * no helper, and where it was called says nothing about what it makes.
 */
function endIn(host: IConstruct): (within: string, constructed: string | undefined) => boolean {
  return (within, constructed) => {
    let isOutside = false;
    for (let at: IConstruct | undefined = host; at !== undefined; at = at.node.scope) {
      if (sources.get(at)?.within === within) return true;
      isOutside ||= Chart.isChart(at);
      if (isOutside && constructed !== undefined && isOfClass(at, constructed)) return true;
    }
    return false;
  };
}

function isOfClass(construct: IConstruct, name: string): boolean {
  let type: unknown = construct.constructor;
  for (; typeof type === 'function'; type = Object.getPrototypeOf(type)) if (type.name === name) return true;
  return false;
}

/** Path and line of creation of `construct`; the path leaves out the ids that only structure the tree. */
export function originOf(construct: IConstruct): Origin & { readonly construct: string } {
  const { source, calledFrom } = sources.get(construct) ?? {};
  const path = construct.node.path.replace(/\/(Resource|Default)$/, '');
  return {
    construct: path,
    ...(source === undefined ? {} : { source }),
    ...(calledFrom === undefined ? {} : { calledFrom }),
  };
}
