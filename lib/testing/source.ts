import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { SeaworthyError } from '../errors';
import { describeValue, isPlainRecord } from '../manifest/data';
import { ManifestSet } from '../manifest/set';
import { synth } from '../synth/synth';

/**
 * What tests can check: an app, a chart or another construct (rendered with its app, of which only the objects below
 * it count), a set, objects as plain data, or a folder or file of YAML.
 */
export type ManifestSource = IConstruct | ManifestSet | readonly object[] | string;

/**
 * The manifests of a source.
 *
 * @throws SeaworthyError with the problems of the app; INPUT_UNREADABLE for a folder without YAML; INVALID_MATCHER for
 * anything else
 */
export function manifestsOf(source: ManifestSource): ManifestSet {
  if (source instanceof ManifestSet) return source;
  if (typeof source === 'string') return read(source);
  if (Array.isArray(source)) return ManifestSet.of(source);
  if (Construct.isConstruct(source)) return rendered(source);
  if (isPlainRecord(source)) return ManifestSet.of([source]);
  throw new SeaworthyError({
    code: 'INVALID_MATCHER',
    message: `expected a source of manifests, got ${describeValue(source)}`,
    hint: 'Pass an App, a Chart, another construct, a ManifestSet, objects, or the path of a folder.',
  });
}

function rendered(construct: IConstruct): ManifestSet {
  const { root } = construct.node;
  if (!isApp(root)) {
    throw new SeaworthyError({
      code: 'INVALID_MATCHER',
      place: construct.node.path,
      message: 'the construct is not part of an App, so it cannot be rendered',
      hint: 'Start with new App().',
    });
  }
  const set = synth(root);
  if (construct === root) return set;
  const { path } = construct.node;
  return set.filter(
    ({ origin }) => origin?.construct === path || origin?.construct?.startsWith(`${path}/`) === true,
  );
}

/** An App of this or another copy of cdk8s. */
function isApp(construct: IConstruct): construct is App {
  return typeof (construct as { readonly synthYaml?: unknown }).synthYaml === 'function';
}

function read(path: string): ManifestSet {
  const files = filesOf(path);
  if (files.length === 0) {
    throw new SeaworthyError({
      code: 'INPUT_UNREADABLE',
      place: path,
      message: 'no such file, or no YAML in the folder',
      hint: 'Run seaworthy synth first, or pass an App.',
    });
  }
  return ManifestSet.from(
    files.flatMap((file) => [
      ...ManifestSet.parse(readFileSync(file, 'utf8'), { source: relative('', file).replaceAll('\\', '/') }),
    ]),
  );
}

function filesOf(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => join(path, name));
}
