import type { Field } from '../../manifest/field';
import { claimAt } from '../volumes/claim';
import type { Volumes } from '../volumes/volumes';

/** Makes the claims of a pod, as the controllers of StatefulSets and of ephemeral volumes do, and lists all that it has. */
export class ClaimMaker {
  readonly #volumes: Volumes;
  readonly #defaultClass: string;

  constructor(volumes: Volumes, defaultClass: string) {
    this.#volumes = volumes;
    this.#defaultClass = defaultClass;
  }

  /**
   * @param templates `volumeClaimTemplates` of its StatefulSet
   * @returns `namespace/name` of each claim
   */
  claimsOf(spec: Field, namespace: string, pod: string, templates: readonly Field[]): string[] {
    const made = templates.map((template) => {
      const volume = template.at('metadata', 'name').text;
      return { volume, key: this.#make(template.child('spec'), namespace, `${volume}-${pod}`) };
    });
    const mounted = spec.list('volumes').flatMap((volume) => {
      const name = volume.child('name').text;
      if (made.some((each) => each.volume === name)) return [];
      const claim = volume.at('persistentVolumeClaim', 'claimName').text;
      if (claim !== '') return [`${namespace}/${claim}`];
      const ephemeral = volume.at('ephemeral', 'volumeClaimTemplate');
      return ephemeral.isSet ? [this.#make(ephemeral.child('spec'), namespace, `${pod}-${name}`)] : [];
    });
    return [...made.map(({ key }) => key), ...mounted];
  }

  #make(spec: Field, namespace: string, name: string): string {
    const claim = claimAt(spec, namespace, name, this.#defaultClass);
    this.#volumes.addClaim(claim);
    return claim.key;
  }
}
