import type { PinValue } from '../../pins/pins';
import type { Paint } from '../paint';
import type { PlanReport } from '../plan/report';

/** A pin that is moved. */
export interface PinMove {
  readonly name: string;
  readonly before: PinValue;
  readonly after: PinValue;
  /** Whether the file has had no such pin: `before` is the default of the code. */
  readonly isNew: boolean;
}

/** A pin that is not moved, and why. */
export interface PinLeft {
  readonly name: string;
  readonly reason: 'same' | 'unread' | 'stays' | 'not chosen';
}

/** What a promotion came to. */
export interface PromoteReport {
  readonly from: string;
  readonly to: string;
  /** The pins file, from the current folder. */
  readonly file: string;
  readonly moved: readonly PinMove[];
  readonly left: readonly PinLeft[];
  /** What it means in the environment that gets the pins. @default nothing moves */
  readonly plan?: PlanReport;
}

/** Makes a text of a promotion: pure, and ending in a line break. */
export type PromotePrinter = (report: PromoteReport, paint: Paint) => string;
