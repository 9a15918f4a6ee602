import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type * as Jiti from 'jiti';
import { SeaworthyError } from '../../errors';
import { describeThrown } from '../../manifest/data';
import { checkedSet, type ManifestSet } from '../../manifest/set';
import type { ResourceDefinition } from '../../operator/types';
import type { OperatorManifestsOptions } from '../../operator/manifests';
import { isRecord } from '../project/section';

/** What a module says of an operator. */
export interface OperatorModule {
  /** Each export that `defineResource` made. */
  readonly definitions: readonly ResourceDefinition[];
  /** The export `profile`: that of the cluster. @default nothing is known */
  readonly profile?: NonNullable<OperatorManifestsOptions['profile']>;
  /** The export `assume`: what else the cluster has, for checks and plans. @default nothing */
  readonly assume?: ManifestSet;
}

/**
 * Loads a module with definitions of resources, in TypeScript or JavaScript.
 *
 * @throws SeaworthyError APP_NOT_FOUND, APP_FAILED for one that throws, APP_SILENT for one that exports no definition,
 * NOT_AN_OBJECT for an `assume` that is no set
 */
export async function loadOperator(path: string, folder: string): Promise<OperatorModule> {
  const file = resolve(folder, path);
  if (!existsSync(file)) throw failed('APP_NOT_FOUND', path, 'no such file');
  let exported: unknown;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- large, and only this command runs a module
    const { createJiti } = require('jiti') as typeof Jiti;
    // Not cached on disk: the cache may be in a folder that others can write to, and what it holds is run.
    exported = await createJiti(folder, { fsCache: false }).import(file);
  } catch (error) {
    throw failed('APP_FAILED', path, `cannot load the module: ${describeThrown(error)}`);
  }
  const all = isRecord(exported) ? [exported, exported['default']].filter(isRecord) : [];
  const values = new Set(all.flatMap((each) => Object.values(each)).flat());
  const definitions = [...values].filter(isDefinition);
  if (definitions.length === 0)
    throw failed(
      'APP_SILENT',
      path,
      'the module exports no definition of a resource',
      'Export what defineResource returns: export const webApp = defineResource({ … }).',
    );
  const profile = all.map((each) => each['profile']).find(isRecord);
  const assume = all.map((each) => each['assume']).find((each) => each !== undefined);
  return {
    definitions,
    ...(profile !== undefined && { profile }),
    ...(assume !== undefined && { assume: checkedSet(assume, `${path}: assume`) }),
  };
}

function isDefinition(value: unknown): value is ResourceDefinition {
  return isRecord(value) && typeof value['construct'] === 'function' && Array.isArray(value['versions']);
}

function failed(
  code: 'APP_NOT_FOUND' | 'APP_FAILED' | 'APP_SILENT',
  place: string,
  message: string,
  hint?: string,
): SeaworthyError {
  return new SeaworthyError({ code, place, message, ...(hint !== undefined && { hint }) });
}
