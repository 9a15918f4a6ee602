import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A registry of npm packages, as long as it is not closed. */
export interface Registry {
  readonly url: string;
  readonly close: () => void;
}

/**
 * Starts a registry on loopback that has one package, as it would be published; for all others, it sends to the registry
 * that npm uses.
 *
 * @param source the folder of the package
 * @param folder for its tarball
 */
export async function startRegistry(source: string, folder: string): Promise<Registry> {
  const npm = (...args: string[]): string => execFileSync('npm', args, { cwd: source, encoding: 'utf8' });
  const elsewhere = npm('config', 'get', 'registry').trim();
  const [packed] = JSON.parse(
    npm('pack', '--json', '--ignore-scripts', '--pack-destination', folder),
  ) as readonly { readonly name: string; readonly version: string; readonly filename: string }[];
  if (packed === undefined) throw new Error('npm packed nothing');
  const { name, version, filename } = packed;
  const tarball = readFileSync(join(folder, filename));
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as object;
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const server = createServer(({ url: path = '/' }, response) => {
    if (path === `/${name}`) sendJson(response, packument());
    else if (path === `/${filename}`) response.end(tarball);
    else response.writeHead(307, { location: new URL(`.${path}`, elsewhere).href }).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const packument = (): object => {
    const dist = { tarball: `${url}${filename}`, integrity };
    return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } };
  };
  return { url, close: () => void server.close() };
}

function sendJson(response: ServerResponse, value: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
}
