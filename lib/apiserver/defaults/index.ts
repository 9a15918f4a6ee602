/** The defaults that the API server sets for absent fields. */
export { completionOf } from './conditional';
export type { Completion } from './conditional';
export { defaultsOf, hasFixedDefault } from './fixed';
