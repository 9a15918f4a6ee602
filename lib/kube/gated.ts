import { isGate, type Gate } from './gates';
import gated from './schema/data/gated-fields.json';
import { valueIn, type Versioned } from './schema/package-data';
import type { KubernetesRelease } from './schema/release';

/** The gates without which a server drops a field: with any of the lists all off. */
export type Gating = readonly (readonly Gate[])[];

type Table = Readonly<Record<string, Readonly<Record<string, Versioned<string | null>>>>>;

const FIELDS: Table = gated.fields;
const FILTERED: Table = gated.filtered;

/**
 * The fields of a Go type such as `core/v1.PodSpec` that a server of `kubernetes` drops on create while feature gates are off,
 * with those gates; and with `filtered`, those of which it drops a part.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledFields 1.36
 */
export function gatedFields(
  goType: string,
  kubernetes: KubernetesRelease,
  { filtered = false }: { readonly filtered?: boolean } = {},
): (readonly [field: string, gating: Gating])[] {
  return Object.entries((filtered ? FILTERED : FIELDS)[goType] ?? {}).flatMap(([field, versioned]) => {
    const formula = valueIn(kubernetes, versioned);
    return typeof formula === 'string' ? [[field, readGating(formula)] as const] : [];
  });
}

/** The fields of a Go type that a server of some release drops so. */
export function gatedNames(goType: string): readonly string[] {
  return Object.keys(FIELDS[goType] ?? {});
}

/** The gates without which one field is dropped; nothing for one that is not. */
export function gatingOf(goType: string, field: string, kubernetes: KubernetesRelease): Gating | undefined {
  const formula = valueIn(kubernetes, FIELDS[goType]?.[field]);
  return typeof formula === 'string' ? readGating(formula) : undefined;
}

/** The Go types with such fields. */
export const gatedTypes: readonly string[] = [
  ...new Set([...Object.keys(FIELDS), ...Object.keys(FILTERED)]),
].sort();

/** `A&B|C`: with A and B off, or with C off. */
function readGating(formula: string): Gating {
  return formula.split('|').map((all) => all.split('&').filter(isGate));
}
