import { SeaworthyError } from '../../errors';
import type { CustomResource, Rendered } from '../types';
import { digestOf } from './memory';
import type { ReconcilerOptions } from './reconciled';
import { RENDER_TIMEOUT } from './resource-client';
import { withinTime } from './time-limit';

/** Milliseconds that a construct may take: less than a probe waits before it has the process killed. */
export const RENDER_TIME = 10_000;

/** Why an operator ends whose construct was stopped. */
export function stopped(place: string, message: string): SeaworthyError {
  const hint = 'The process has to be started again: what was stopped may have left something half done.';
  return new SeaworthyError({ code: 'APP_TIMEOUT', place, message, hint });
}

type Options = Pick<ReconcilerOptions, 'definition' | 'logic' | 'context' | 'renderTimeout' | 'release'>;

/** Renders resources within a time. One that did not come to its end is left alone until something is another. */
export class Renderer {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** What a resource renders; the problem `RenderTimeout` where that takes too long, or did before. */
  render(resource: CustomResource): Rendered {
    const { definition, logic, context, renderTimeout } = this.#options;
    if (this.isMarked(resource)) return this.#timedOut();
    const done = withinTime(renderTimeout, () => logic.render(definition, resource, context));
    return done?.value ?? this.#timedOut();
  }

  /** Whether a resource says of itself that it does not come to its end, as it is now. */
  isMarked(resource: CustomResource): boolean {
    return resource.metadata.annotations?.[RENDER_TIMEOUT] === this.markOf(resource);
  }

  /** What such a resource is marked with: it depends on all that may change how it renders. */
  markOf(resource: CustomResource): string {
    const { definition, release = '' } = this.#options;
    const { uid, generation, labels = {}, annotations = {} } = resource.metadata;
    const { [RENDER_TIMEOUT]: _, ...others } = annotations;
    const given = [uid, generation, resource.spec, labels, others];
    return digestOf([release, String(definition.construct), given]);
  }

  #timedOut(): Rendered {
    const message =
      `the construct did not come to an end within ${this.#options.renderTimeout / 1000} seconds; it is run again ` +
      `once the resource or the operator's release changes, or annotation ${RENDER_TIMEOUT} is removed`;
    return { findings: [], problem: { reason: 'RenderTimeout', message } };
  }
}
