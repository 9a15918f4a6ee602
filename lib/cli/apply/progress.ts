import type { ApplyEvent } from '../../cluster/apply/types';
import { EventLines } from '../../report/apply/lines';
import { after, NOTHING_SEEN } from '../../report/apply/state';
import { viewLines } from '../../report/apply/view';
import { hiderOf } from '../../report/redact/apply';
import { redactText } from '../../report/redact/text';
import type { Terminal } from '../terminal/terminal';

/** Milliseconds after which the time is shown anew. */
const TICK = 1_000;

/** Shows how an apply goes on, on stderr: on a terminal in place, elsewhere line by line. */
export class ApplyProgress {
  readonly #terminal: Terminal;
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #lines = new EventLines();
  #seen = NOTHING_SEEN;
  #hide = redactText;
  #isHeld = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    if (terminal.live) this.#timer = setInterval(() => this.#draw(), TICK).unref();
  }

  /** For `onEvent` of `apply`. */
  readonly take = (event: ApplyEvent): void => {
    if (event.type === 'planned') this.#hide = hiderOf(event.plan);
    const isLasting =
      !this.#terminal.live ||
      event.type === 'refused' ||
      event.type === 'held' ||
      (event.type === 'written' && event.warnings.length > 0);
    const lines = isLasting ? this.#lines.of(event, this.#hide) : [];
    if (lines.length > 0) this.#terminal.report(lines.join('\n'));
    this.#seen = after(this.#seen, event);
    this.#draw();
  };

  /** Shows nothing until `resume`, while a question is asked. */
  hold(): void {
    this.#isHeld = true;
    this.#terminal.clear();
  }

  resume(): void {
    this.#isHeld = false;
  }

  /** Removes what it shows in place. */
  end(): void {
    clearInterval(this.#timer);
    this.hold();
  }

  #draw(): void {
    if (!this.#terminal.live || this.#isHeld) return;
    const seconds = Math.floor((performance.now() - this.#began) / 1000);
    const screen = { ...this.#terminal.screen, paint: this.#terminal.err, hide: this.#hide };
    this.#terminal.draw(viewLines(this.#seen, seconds, screen));
  }
}
