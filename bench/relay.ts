import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { subject } from './measure';

/** A relay that makes a server as far away as one elsewhere. */
export interface Relay {
  /** Path of a kubeconfig that leads to it. */
  readonly kubeconfig: string;
  readonly stop: () => void;
}

/**
 * Starts a relay in front of a server, in a process of its own, since the clients are waited for in this one.
 *
 * @param source kubeconfig of the server
 * @param latency milliseconds of round trip
 */
export async function startRelay(source: string, folder: string, latency: number): Promise<Relay> {
  const text = readFileSync(source, 'utf8');
  const [, host = '', port = ''] = /server: https:\/\/([^:\s]+):(\d+)/.exec(text) ?? [];
  const { program, args } = subject('relay.js', host, port, latency);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const kubeconfig = join(folder, 'kubeconfig-relay');
  const files = /(certificate-authority|client-certificate|client-key): (?!\/)(\S+)/g;
  writeFileSync(
    kubeconfig,
    text
      .replace(`${host}:${port}`, `127.0.0.1:${line.toString().trim()}`)
      .replace(files, (_, name: string, file: string) => `${name}: ${join(dirname(source), file)}`),
  );
  return { kubeconfig, stop: () => child.kill() };
}

/** The number after an option of the command line. */
export function numberAfter(option: string, fallback: number): number {
  const at = process.argv.indexOf(option);
  const number = at < 0 ? fallback : Number(process.argv[at + 1]);
  if (!Number.isInteger(number) || number < 0) throw new Error(`${option} takes a number`);
  return number;
}
