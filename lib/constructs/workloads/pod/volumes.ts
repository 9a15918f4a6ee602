import { dnsLabel, shorten } from '../../../kube/names';
import { NAME_LENGTH } from '../../core/names';
import type { Reporter } from '../../core/problems';
import type { ClassOf } from '../../storage/claim';

/** A volume without its name: `{ emptyDir: {} }`, `{ secret: { secretName } }`. */
export type VolumeSource = Readonly<Record<string, unknown>>;

/** What is known about the volumes of a pod before any is mounted. */
export interface VolumesPlace {
  /** Names that the user gave to volumes. */
  readonly named?: Iterable<string>;
  /** Names of volumes that the StatefulSet makes from claim templates. */
  readonly claims?: readonly string[];
  /** The name of a storage class. @default the cluster's default class, and words as they are */
  readonly classOf?: ClassOf;
}

/** Sources of which each makes a volume of its own, even where they are equal. */
const EMPTY_AT_FIRST = ['emptyDir', 'ephemeral'];

/** The volumes of one pod. Containers ask for a source and get the name of the volume that holds it. */
export class Volumes {
  readonly classOf: ClassOf;
  readonly #claims: ReadonlySet<string>;
  readonly #reserved: ReadonlySet<string>;
  readonly #byName = new Map<string, { readonly source: VolumeSource; readonly text: string }>();

  constructor({ named = [], claims = [], classOf = (word) => word }: VolumesPlace = {}) {
    this.classOf = classOf;
    this.#claims = new Set(claims);
    this.#reserved = new Set([...named, ...claims]);
  }

  /**
   * The name of a volume with `source`: `wanted`, made a DNS label, and numbered where another has that name already.
   * Equal sources share a volume, unless each starts empty.
   */
  nameFor(wanted: string, source: VolumeSource): string {
    // Room for a dash and two digits.
    const base = shorten([wanted], NAME_LENGTH - 3);
    const text = JSON.stringify(source);
    const shared = !EMPTY_AT_FIRST.some((kind) => kind in source);
    for (let number = 1; ; number++) {
      const name = number === 1 ? base : `${base}-${number}`;
      if (this.#reserved.has(name)) continue;
      const taken = this.#byName.get(name);
      if (taken === undefined) this.#byName.set(name, { source, text });
      if (taken === undefined || (shared && taken.text === text)) return name;
    }
  }

  /** A volume that the user named, so that containers share it; two of one name must be equal. */
  named(name: string, source: VolumeSource, report: Reporter): string {
    const wrong = dnsLabel(name);
    if (wrong !== undefined)
      report({ code: 'INVALID_NAME', path: 'name', message: `Invalid value: "${name}": ${wrong}` });
    const text = JSON.stringify(source);
    const taken = this.#byName.get(name);
    if (this.#claims.has(name) || (taken !== undefined && taken.text !== text)) {
      report({
        code: 'DUPLICATE_NAME',
        path: 'name',
        message: `Duplicate value: "${name}": another volume has this name`,
      });
    } else {
      this.#byName.set(name, { source, text });
    }
    return name;
  }

  /** The volume that another container of the pod called `name`, or a volume of the replica. */
  shared(name: string, report: Reporter): string {
    if (!this.#reserved.has(name)) {
      const known = [...this.#reserved].join(', ') || 'none';
      report({
        code: 'INVALID_PROP',
        message: `the pod has no volume "${name}"; it has ${known}`,
      });
    }
    return name;
  }

  /** `volumes` of the pod. */
  render(): readonly object[] {
    return [...this.#byName].map(([name, { source }]) => ({ name, ...source }));
  }
}
