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
 * What tests are written against: an app, a chart or another construct, which is rendered with its app and of which
 * then only the objects below it count; a set; objects as plain data; or a folder or file of YAML.
 */
export type ManifestSource = IConstruct | ManifestSet | readonly object[] | string;

/**
 * The manifests of a source.
 *
 * @throws SeaworthyError whatever is wrong with the app; INPUT_UNREADABLE for a folder without YAML; INVALID_MATCHER for
 * what is no source
 */
export function manifestsOf(source: ManifestSource): ManifestSet {
  if (source instanceof ManifestSet) return source;
  if (typeof source === 'string') return read(source);
  if (Array.isArray(source)) return ManifestSet.of(source);
  if (Construct.isConstruct(source)) return rendered(source);
  if (isPlainRecord(source)) return ManifestSet.of([source]);
  throw new SeaworthyError({
    code: 'INVALID_MATCHER',
    message: `there are no manifests in ${describeValue(source)}`,
    hint: 'Give an App, a Chart, another construct, a ManifestSet, objects, or the path of a folder.',
  });
}

function rendered(construct: IConstruct): ManifestSet {
  const { root } = construct.node;
  if (!isApp(root)) {
    throw new SeaworthyError({
      code: 'INVALID_MATCHER',
      place: construct.node.path,
      message: 'this construct stands in no App, so that nothing can render it',
      hint: 'Begin with new App().',
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
      message: 'there is no such file, or no YAML in the folder',
      hint: 'Run seaworthy synth first, or give an App.',
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
