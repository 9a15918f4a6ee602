import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type * as Jiti from 'jiti';
import { SEVERITIES } from '../../check/finding';
import type { Rule } from '../../check/rule';
import { defineRule } from '../../check/rule';
import { oneOf, SeaworthyError, type Problem } from '../../errors';
import { isRecord, isText, show } from '../project/section';

/** A module with rules of the user's own. */
export interface Plugin {
  /** As it is named, relative to `folder`. */
  readonly path: string;
  /** Absolute. */
  readonly folder: string;
  /** The line of cdk8s.yaml that names it: `cdk8s.yaml:9`. @default the command line names it */
  readonly source?: string;
}

/**
 * The rules that the modules export: each export that is a rule, or a list of rules. TypeScript is loaded as that of the app.
 *
 * @throws SeaworthyError CONFIG_INVALID for a module that does not exist, fails, or exports no rule
 */
export async function loadPlugins(plugins: readonly Plugin[]): Promise<Rule[]> {
  const rules: Rule[] = [];
  for (const plugin of plugins) rules.push(...rulesOf(await importModule(plugin), plugin));
  return rules;
}

async function importModule(plugin: Plugin): Promise<unknown> {
  const { folder, path } = plugin;
  const file = resolve(folder, path);
  if (!existsSync(file)) throw invalid(plugin, 'no such file');
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- large, and few projects have plugins
    const { createJiti } = require('jiti') as typeof Jiti;
    // Not cached in memory, as under --watch the module may have changed, nor on disk: jiti's own cache may be in a
    // temporary folder that others can write to, and what it holds is run.
    return await createJiti(folder, { moduleCache: false, fsCache: false }).import(file);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw invalid(plugin, `cannot load the module: ${message}`);
  }
}

function rulesOf(module: unknown, plugin: Plugin): Rule[] {
  const exported = isRecord(module) ? Object.values(module) : [];
  // CommonJS exports appear twice: by name, and in the default export.
  const candidates = new Set(
    exported
      .flatMap((value) => (isRecord(value) && !looksLikeRule(value) ? Object.values(value) : value))
      .flat(),
  );
  const rules = [...candidates].filter(looksLikeRule);
  if (rules.length === 0)
    throw invalid(
      plugin,
      'the module exports no rule',
      "Export the result of defineRule: import { defineRule } from 'seaworthy'.",
    );
  const problems = rules.flatMap((rule) => faultsOf(rule).map((fault) => problemOf(plugin, fault)));
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return (rules as unknown as Rule[]).map(defineRule);
}

function looksLikeRule(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && typeof value['run'] === 'function';
}

/** Why a value with a `run` is not a rule: JavaScript has no compiler to find out. */
function faultsOf(rule: Readonly<Record<string, unknown>>): string[] {
  const { name, severity } = rule;
  const rest = ['name', 'about', 'why'].filter((key) => !isText(rule[key]));
  const faults = rest.map((key) => `${isText(name) ? `rule "${name}"` : 'a rule'} has no ${key}`);
  if (!SEVERITIES.some((known) => known === severity))
    faults.push(`rule "${String(name)}": expected the severity ${oneOf(SEVERITIES)}, not ${show(severity)}`);
  return faults;
}

function invalid(plugin: Plugin, message: string, hint?: string): SeaworthyError {
  return new SeaworthyError(problemOf(plugin, message, hint));
}

function problemOf({ path, source }: Plugin, message: string, hint?: string): Problem {
  return {
    code: 'CONFIG_INVALID',
    place: path,
    message,
    ...(source !== undefined && { source }),
    ...(hint !== undefined && { hint }),
  };
}
