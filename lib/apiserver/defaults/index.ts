/** What the API server fills in for what an object leaves out. */
export { completionOf } from './conditional';
export type { Completion } from './conditional';
export { defaultsOf } from './fixed';
