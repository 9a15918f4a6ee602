import type { Rule } from '../rule';
import { duplicateKey } from './manifest/duplicate-key';
import { ignoredText } from './manifest/ignored-text';

/** Whether kubectl reads all that a manifest says. */
export const MANIFEST: readonly Rule[] = [duplicateKey, ignoredText];
