'use strict';
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } = require('node:fs');
const { homedir } = require('node:os');
const { join } = require('node:path');

/**
 * Builds a Go program for tests, unless the same sources were built before, and returns its file in the user's cache folder.
 *
 * @param source folder of its module, with all of its files
 * @param modules name of its .mod and .sum
 * @param missing what to say where there is no Go
 * @param remark what to say before it builds
 */
function buildGo(name, { source, modules = 'go', flags, missing, remark, env = {} }) {
  const hash = createHash('sha256').update(flags.join());
  const isOurs = (file) => file.endsWith('.go') || file === `${modules}.mod` || file === `${modules}.sum`;
  const files = readdirSync(source).filter(isOurs);
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(source, file)));
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'seaworthy');
  const binary = join(folder, `${name}-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  if (remark !== undefined) console.error(remark);
  const unfinished = `${binary}.${process.pid}`;
  const go = spawnSync('go', ['build', `-modfile=${modules}.mod`, ...flags, '-o', unfinished, '.'], {
    cwd: source,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (go.error?.code === 'ENOENT') throw new Error(missing);
  if (go.error !== undefined) throw go.error;
  if (go.status !== 0) throw new Error(`${name} does not build`);
  renameSync(unfinished, binary);
  return binary;
}

module.exports = { buildGo };
