import type { Target } from '../target';
import { admit } from './admit';
import { check } from './check';
import { cli } from './cli';
import { plan } from './plan';
import { reader } from './reader';
import { report } from './report';

/** Every target, in the order of the way of the data. */
export const TARGETS: readonly Target[] = [reader, admit, check, plan, report, cli];
