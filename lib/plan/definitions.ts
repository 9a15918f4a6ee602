import { isDefinition } from '../apiserver/admission/custom/is-definition';
import { recordIn } from '../apiserver/defaults/plain';
import type { FieldError } from '../apiserver/admission/review';
import { groupOf } from '../kube/schema';
import type { PlainRecord } from '../manifest/data';
import type { KubeObject, Manifest } from '../manifest/manifest';
import type { Change } from './change';

/** A CustomResourceDefinition on both sides, and what becomes of it. */
export type DefinitionChange = Pick<Change, 'before' | 'after' | 'effect' | 'notApplied'>;

export function isDefinitionManifest({
  before,
  after,
}: Partial<Record<'before' | 'after', Manifest>>): boolean {
  return isDefinition((after ?? before)?.object);
}

/** What changes of definitions mean for the objects of their kinds. */
export class ChangedKinds {
  /** Definitions that stand although they are to change: what is rejected or not applied stays as it was, or does not come. */
  readonly standing: readonly PlainRecord[];
  readonly #changed: ReadonlySet<string>;
  readonly #rejected: ReadonlySet<string>;

  constructor(changes: readonly DefinitionChange[]) {
    const rejected = changes.filter(({ effect }) => effect === 'rejected');
    const standing = changes.filter(
      (change) => change.effect === 'rejected' || change.notApplied !== undefined,
    );
    this.standing = standing.map(
      ({ before, after }) => before?.object ?? withoutVersions(after?.object ?? {}),
    );
    this.#rejected = new Set(rejected.map(({ after }) => kindOf(after)));
    this.#changed = new Set(
      changes.filter(({ effect }) => effect === 'updated').map(({ after }) => kindOf(after)),
    );
  }

  /** Whether an object is read in another way than before. */
  has({ apiVersion, kind }: KubeObject): boolean {
    return this.#changed.has(`${groupOf(apiVersion)}/${kind}`);
  }

  /** The errors of an object, with a hint where they follow from what becomes of its definition. */
  explain({ apiVersion, kind }: KubeObject, errors: readonly FieldError[]): readonly FieldError[] {
    const key = `${groupOf(apiVersion)}/${kind}`;
    const hint = this.#rejected.has(key) ? REJECTED : this.#changed.has(key) ? DROPPED : undefined;
    if (hint === undefined) return errors;
    const isFromDefinition = ({ reason }: FieldError): boolean =>
      reason === 'unknown-field' || (reason === 'unserved-kind' && hint === REJECTED);
    return errors.map((error) => (isFromDefinition(error) ? { ...error, hint } : error));
  }
}

const REJECTED = 'The change of its CustomResourceDefinition is rejected, so that the old one stays.';
const DROPPED =
  'If the old CustomResourceDefinition has the field, the server no longer returns it, and drops it with the next write.';

function kindOf(manifest: Manifest | undefined): string {
  const spec = recordIn(manifest?.object ?? {}, 'spec') ?? {};
  return `${String(spec['group'])}/${String(recordIn(spec, 'names')?.['kind'])}`;
}

/** A definition that is not there, so that nothing of its kind is served. */
function withoutVersions(definition: PlainRecord): PlainRecord {
  return { ...definition, spec: { ...recordIn(definition, 'spec'), versions: [] } };
}
