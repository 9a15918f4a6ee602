import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type * as Jiti from 'jiti';
import { SEVERITIES } from '../../check/finding';
import type { Rule } from '../../check/rule';
import { defineRule } from '../../check/rule';
import { oneOf, SeaworthyError, type Problem } from '../../errors';
import { isRecord, isText, show } from '../project/section';

/** A module with rules of the user's own, as cdk8s.yaml names it. */
export interface Plugin {
  readonly path: string;
  /** Where it is named: `cdk8s.yaml:9`. */
  readonly source: string;
}

/**
 * The rules that the modules export: each export that is a rule, or a list of rules. TypeScript is loaded as that of the app.
 *
 * @param root folder that the paths are relative to
 * @throws SeaworthyError CONFIG_INVALID for a module that does not exist, fails, or exports no rule
 */
export async function loadPlugins(plugins: readonly Plugin[], root: string): Promise<Rule[]> {
  const rules: Rule[] = [];
  for (const plugin of plugins) rules.push(...rulesOf(await importModule(plugin, root), plugin));
  return rules;
}

async function importModule({ path, source }: Plugin, root: string): Promise<unknown> {
  const file = resolve(root, path);
  if (!existsSync(file)) throw invalid({ path, source }, 'no such file');
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- large, and few projects have plugins
    const { createJiti } = require('jiti') as typeof Jiti;
    // Not cached: under --watch the module may have changed.
    return await createJiti(root, { moduleCache: false }).import(file);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw invalid({ path, source }, `cannot load the module: ${message}`);
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
  return { code: 'CONFIG_INVALID', place: path, message, source, ...(hint !== undefined && { hint }) };
}
