import type { Rule } from '../rule';
import { duplicateKey } from './manifest/duplicate-key';
import { duplicateListKey } from './manifest/duplicate-list-key';
import { ignoredText } from './manifest/ignored-text';
import { tooLargeToApply } from './manifest/too-large-to-apply';

/** Whether kubectl reads, and can apply, all that a manifest says. */
export const MANIFEST: readonly Rule[] = [duplicateKey, duplicateListKey, ignoredText, tooLargeToApply];
