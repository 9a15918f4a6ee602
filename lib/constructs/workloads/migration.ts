import type { Construct, IConstruct } from 'constructs';
import { Environment } from '../core/environment';
import { report } from '../core/problems';
import type { Shape } from '../core/shape';
import { list } from '../core/shapes';
import type { JobProps } from './job';
import { Job, JOB_SHAPES } from './job';
import { TASK_WORDS } from './task';
import { workloadShape } from './workload';

/** Props of a Migration. */
export interface MigrationProps extends Omit<JobProps, 'rerunOnChange'> {
  /** The constructs that come after it, such as the workloads that need the new schema. */
  readonly before: readonly IConstruct[];
}

const later: Shape<IConstruct> = {
  expected: 'a construct',
  takes: (value) => typeof value === 'object' && value !== null && 'node' in value,
};

const { rerunOnChange: _, ...SHAPES } = JOB_SHAPES;
const PROPS = workloadShape<MigrationProps>({ ...SHAPES, before: list(later) }, TASK_WORDS);

/**
 * A Job that comes before others, such as a change of a database schema. Its name ends in a hash of its spec, so that a new
 * image is a new Job, which runs; what is unchanged does not run again.
 *
 * The order holds for what is written and applied: the Job before any object of `before`. Whether the rollout of these
 * waits until the Job is done is up to what applies them.
 *
 * | object | when | why |
 * |---|---|---|
 * | Job | always | runs the pods until enough have succeeded |
 */
export class Migration extends Job {
  /** The constructs that come after it. */
  readonly before: readonly IConstruct[];

  constructor(scope: Construct, id: string, props: MigrationProps) {
    super(scope, id, props, PROPS);
    this.before = (this.props as Partial<MigrationProps>).before ?? [];
    if (this.before.length === 0) {
      const message = 'Required value: a Migration comes before something';
      const hint = 'Set `before: [api]`, or use a Job for a task without an order.';
      report(this, { code: 'MISSING_PROP', path: 'before', message, hint });
    }
    for (const [index, construct] of this.before.entries()) this.#precede(construct, `before[${index}]`);
  }

  #precede(construct: IConstruct, path: string): void {
    if (Environment.of(construct) === Environment.of(this)) {
      construct.node.addDependency(this);
      return;
    }
    const message = `${construct.node.path} is in another environment, which has an order of its own`;
    report(this, { code: 'INVALID_PROP', path, message, hint: 'Make a Migration in each environment.' });
  }
}
