import { jsonText } from '../escape/json';
import type { FitPrinter } from './report';

/** For programs: the fit of each environment as `fit` returns it. */
export const json: FitPrinter = ({ parts }) =>
  jsonText({ environments: parts.map(({ environment, fit }) => ({ environment, ...fit })) });
