import type { Field } from '../../manifest/field';
import { podTemplateOf } from '../pod-template';
import { rulesIn } from '../role-rules';
import { secret, type Derived } from './derived';

/** The Secret of an ExternalSecret. Its keys are known where it lists them and has no template of its own. */
export function externalSecret(object: Field, name: string, namespace: string): Derived[] {
  const spec = object.at('spec');
  const target = secret(spec.at('target', 'name').text || name, namespace);
  const open = spec.list('dataFrom').length > 0 || spec.at('target', 'template').isSet;
  const keys = spec.list('data').map((entry) => entry.at('secretKey').text);
  return [open ? { target } : { target, keys }];
}

/** The Secret of a SealedSecret: the keys are in the clear. */
export function sealedSecret(object: Field, name: string, namespace: string): Derived[] {
  const sealed = Object.keys(object.at('spec', 'encryptedData').record);
  const open = Object.keys(object.at('spec', 'template', 'data').record);
  const target = secret(object.at('spec', 'template', 'metadata', 'name').text || name, namespace);
  return [{ target, keys: [...sealed, ...open] }];
}

/** The Secrets that the Secrets Store CSI driver syncs. */
export function secretProvider(object: Field, _name: string, namespace: string): Derived[] {
  return object.list('spec', 'secretObjects').map((made) => ({
    target: secret(made.at('secretName').text, namespace),
    keys: made.list('data').map((entry) => entry.at('key').text),
  }));
}

/** The Secret of Vault's operator, where it asks for one. */
export function vaultSecret(object: Field, _name: string, namespace: string): Derived[] {
  const destination = object.at('spec', 'destination');
  const name = destination.at('name').text;
  return name === '' || destination.at('create').value !== true ? [] : [{ target: secret(name, namespace) }];
}

/**
 * The Secrets that a Role names, where it also lets its holder create Secrets: software that makes them itself when it
 * first runs (Argo CD's password of Redis, MetalLB's key of its members).
 */
export function madeByHolder(object: Field, _name: string, namespace: string): Derived[] {
  const rules = rulesIn(object).filter(
    ({ groups, resources }) => groups.includes('') && resources.some(({ text }) => text === 'secrets'),
  );
  const creates = rules.some(
    ({ names, verbs }) => names.length === 0 && verbs.some(({ text }) => text === 'create' || text === '*'),
  );
  if (!creates) return [];
  return rules.flatMap(({ names }) => names.map(({ text }) => ({ target: secret(text, namespace) })));
}

/** The Secret that a Job of kube-webhook-certgen makes: `--secret-name=…`. */
export function certgen(object: Field, _name: string, namespace: string): Derived[] {
  const containers = podTemplateOf(object.value)?.field.list('spec', 'containers') ?? [];
  return containers.flatMap((container) =>
    container.child('args').texts.flatMap((text) => {
      const name = /^--secret-name=(.+)$/.exec(text)?.[1];
      return name === undefined ? [] : [{ target: secret(name, namespace) }];
    }),
  );
}
