/** Programs in Go that benchmarks compare with, built where Go is at hand. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './measure';

/** The file of a program, built from its module where it is not there yet; nothing where it cannot be built. */
export function goBinary(name: string, module: string): string | undefined {
  const bin = join(CACHE, 'bin');
  const binary = join(bin, name);
  if (existsSync(binary)) return binary;
  console.error(`building ${module} …`);
  const { status } = spawnSync('go', ['install', module], {
    env: { ...process.env, GOBIN: bin },
    stdio: 'ignore',
  });
  return status === 0 ? binary : undefined;
}
