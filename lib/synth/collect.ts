import type { App } from 'cdk8s';
import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Environment } from '../constructs/core/environment';

/** The environment and chart of an object of the tree. */
export interface Placed {
  readonly object: ApiObject;
  readonly chart: Chart;
  /** Path of the chart below its environment. */
  readonly chartPath: string;
  readonly environment: Environment | undefined;
}

/** The result of one walk through the construct tree. */
export interface Tree {
  /** Every construct, parents before children. */
  readonly constructs: readonly IConstruct[];
  /** Every API object in the order of creation. */
  readonly objects: readonly Placed[];
}

interface Surroundings {
  readonly environment: Environment | undefined;
  readonly chart: Chart | undefined;
  readonly chartPath: string;
}

/** Walks the tree once, without recursion, so that any depth works. */
export function collect(app: App): Tree {
  const constructs: IConstruct[] = [];
  const objects: Placed[] = [];
  const nowhere: Surroundings = { environment: undefined, chart: undefined, chartPath: '' };
  const waiting: [IConstruct, Surroundings][] = [[app, nowhere]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [construct, around] = next;
    constructs.push(construct);
    const here = enter(construct, around);
    if (ApiObject.isApiObject(construct) && here.chart !== undefined) {
      const { environment, chart, chartPath } = here;
      objects.push({ object: construct, chart, chartPath, environment });
    }
    const { children } = construct.node;
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child !== undefined) waiting.push([child, here]);
    }
  }
  return { constructs, objects };
}

function enter(construct: IConstruct, around: Surroundings): Surroundings {
  if (construct instanceof Environment) return { ...around, environment: construct };
  if (!Chart.isChart(construct)) return around;
  const root = around.environment?.node.path ?? '';
  const chartPath = root === '' ? construct.node.path : construct.node.path.slice(root.length + 1);
  return { ...around, chart: construct, chartPath };
}
