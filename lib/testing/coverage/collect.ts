import { startRecording } from './record';
import { COVERAGE_VARIABLE, writeCoverage } from './store';

interface Runner {
  readonly afterAll?: (run: () => void) => void;
  readonly expect?: { readonly getState?: () => { readonly testPath?: string } };
}

/** If the reporter asks for it, stores what a test file checked when it ends. */
export function collectCoverage(): void {
  const folder = process.env[COVERAGE_VARIABLE];
  const { afterAll, expect } = globalThis as Runner;
  if (folder === undefined || folder === '' || afterAll === undefined) return;
  const looked = startRecording();
  afterAll(() => writeCoverage(folder, expect?.getState?.().testPath ?? 'test', looked));
}
