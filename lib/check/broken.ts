import type { ErrorCode } from '../errors';
import { Definitions } from '../apiserver/admission/custom/definitions';
import { judge } from '../apiserver/admission/judge';
import type { Cluster } from '../graph/cluster';
import { bounded } from '../kube/bounded';
import { isPlainRecord } from '../manifest/data';
import { FieldSources } from '../manifest/field-sources';
import type { Manifest } from '../manifest/manifest';
import type { Faulty } from '../manifest/objects';
import { parseSource } from '../manifest/source';
import { findingsOf, identityOf } from './admission';
import type { Finding, Severity } from './finding';
import { withYamlHint } from './yaml-surprise';

export const INVALID_YAML = 'manifest/invalid-yaml';
export const UNREADABLE = 'manifest/unreadable';
export const KUSTOMIZATION = 'manifest/kustomization';

/** The rule that a problem is of. */
const RULES: Partial<Record<ErrorCode, string>> = {
  INVALID_YAML,
  INPUT_UNREADABLE: UNREADABLE,
  KUSTOMIZATION_FAILED: KUSTOMIZATION,
};

/** A document, or an item of a list, that is meant to be an object and is none. */
export interface BrokenDocument {
  readonly findings: readonly Finding[];
  /** What could be read of it, for reports, which must not repeat its secrets. */
  readonly manifest: Manifest;
}

/**
 * The findings in what is meant to be an object and is none, each at its line and column: what the API server says of
 * it, as far as it would get there.
 */
export function checkBroken(
  faulty: readonly Faulty[],
  { set, assumed, kubernetes }: Pick<Cluster, 'set' | 'assumed' | 'kubernetes'>,
  severities: Readonly<Record<string, Severity | 'off'>> = {},
): BrokenDocument[] {
  let definitions: Definitions | undefined;
  const sources = new FieldSources();
  return faulty.map((each) => {
    const { value, problem } = each;
    const { source } = problem;
    const found = isPlainRecord(value)
      ? admitted(each, () =>
          judge(value, kubernetes, (definitions ??= new Definitions(kubernetes, set, assumed, []))),
        )
      : [unread(each)];
    const sourceOf = (path: string): string | undefined =>
      isPlainRecord(value) && source !== undefined
        ? (sources.exactSourceOf(value, source, path) ?? source)
        : source;
    const hinted = found.map((finding) =>
      isPlainRecord(value) ? withYamlHint(finding, value, sources) : finding,
    );
    const findings = hinted.flatMap((finding) => {
      const severity = severities[finding.rule] ?? finding.severity;
      const at = sourceOf(finding.path);
      return severity === 'off'
        ? []
        : [{ ...finding, severity, ...(at !== undefined && { origin: { source: at } }) }];
    });
    return { findings, manifest: manifestOf(each) };
  });
}

/** The words of the API server; our own for what it does not see. */
function admitted({ value, path, problem }: Faulty, ask: () => ReturnType<typeof judge>): Finding[] {
  const found = findingsOf(value, ask().violations);
  if (found.some((finding) => finding.path === path || finding.path.startsWith(`${path}.`))) return found;
  return [{ ...unread({ value, path, problem }), id: identityOf(value) }, ...found];
}

function unread({ value, path, problem, isUncertain }: Faulty): Finding {
  const { code, message, hint } = problem;
  const rule = RULES[code] ?? 'admission/not-an-object';
  return {
    rule,
    severity: isUncertain === true ? 'warning' : 'error',
    id: identityOf(value),
    path,
    message: bounded(message),
    ...(hint !== undefined && { hint: bounded(hint) }),
  };
}

function manifestOf({ value, problem }: Faulty): Manifest {
  const record = isPlainRecord(value) ? value : {};
  const id = identityOf(record);
  const { metadata } = record;
  const file = parseSource(problem.source)?.file;
  return {
    id,
    object: {
      ...record,
      apiVersion: id.apiVersion,
      kind: id.kind,
      metadata: isPlainRecord(metadata) ? metadata : {},
    },
    ...(file !== undefined && { origin: { source: `${file}:1` } }),
  };
}
