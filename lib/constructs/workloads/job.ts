import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import type { KubeObject as PlainObject } from '../../manifest/manifest';
import { HASHED_NAME_LENGTH, namedByContent } from '../core/content-hash';
import { NAME_LENGTH } from '../core/names';
import type { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { report } from '../core/problems';
import { optional } from '../core/props';
import { inspectProps } from '../core/shaped';
import type { Shapes } from '../core/shape';
import type { RecordShape } from '../core/shapes';
import { flag } from '../core/shapes';
import { orUsual, refuseFourth } from './fourth-argument';
import type { TaskProps } from './task';
import { Task, TASK_SHAPES, TASK_WORDS } from './task';
import { workloadShape } from './workload';

/** Props of a Job. */
export interface JobProps extends TaskProps {
  /**
   * Whether a change makes another Job, which runs. The pod template of a Job is immutable, so its name ends in a hash of
   * its spec. With `false` the name stays, and the old Job must be deleted before a change. @default true
   */
  readonly rerunOnChange?: boolean;
}

export const JOB_SHAPES: Shapes<JobProps> = { ...TASK_SHAPES, rerunOnChange: flag };

const PROPS = workloadShape<JobProps>(JOB_SHAPES, TASK_WORDS);

/**
 * A task that runs once.
 *
 * | object | when | why |
 * |---|---|---|
 * | Job | always | runs the pods until enough have succeeded |
 */
export class Job extends Task<JobProps> {
  declare readonly object: KubeObject<Patches['Job']>;

  constructor(scope: Construct, id: string, props: JobProps);
  /** @internal */
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- this one is not in the declarations
  constructor(scope: Construct, id: string, props: JobProps, shape?: RecordShape<JobProps>);
  constructor(scope: Construct, id: string, props: JobProps, fourth?: RecordShape<JobProps>) {
    const shape = orUsual(fourth, PROPS);
    const { rerunOnChange: rerun = true, completionMode, completions = 1 } = inspectProps(props, shape).props;
    // The pods of an Indexed Job are named after it and their index, which must be a DNS label.
    const indexed = completionMode === 'Indexed';
    const number = indexed ? `-${completions - 1}`.length : 0;
    super(scope, id, props, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      shape,
      maxName: (rerun ? HASHED_NAME_LENGTH : NAME_LENGTH) - number,
      ...(rerun ? { finish: (object: PlainObject) => namedByContent(object, object['spec']) } : {}),
    });

    refuseFourth(this, fourth, PROPS);
    if (indexed && this.name.includes('.')) {
      const message = `Invalid value: "${this.name}": must not contain dots, since it becomes part of host names`;
      report(this, { code: 'INVALID_NAME', path: 'name', message });
    }
  }

  /** The Job. */
  get job(): KubeObject<Patches['Job']> {
    return this.object;
  }

  /** Merges into the rendered Job; see KubeObject. */
  override override(patch: Patches['Job']): this {
    return super.override(patch);
  }

  /** @internal */
  protected override renderSpec(report: Reporter): Readonly<Record<string, unknown>> {
    return { ...this.renderJobSpec(report), ...optional('suspend', this.props.suspend) };
  }
}
