import { ApiObject, Chart as Cdk8sChart } from 'cdk8s';
import { Construct } from 'constructs';
import type { KubeObject as PlainObject } from '../../manifest/manifest';
import type { FilePath } from '../config/content';
import { filePath } from '../config/content';
import { hashOf } from '../core/content-hash';
import { markExisting } from '../core/existing';
import { requireInstalled } from '../core/installed';
import { WHOLE } from '../core/origin';
import type { Reporter } from '../core/problems';
import { isMisshapen, reporter } from '../core/problems';
import type { Checksummed, KeyReference, Reference } from '../core/reference';
import { shaped } from '../core/shaped';
import { record, text } from '../core/shapes';
import { inScope } from '../core/scope';
import type { FilesFrom } from '../workloads/container/files';
import { secretKey, type MountedKeys } from './secret-keys';
import { readSopsFile, type EncryptedSecret, type SopsFile } from './sops-file';

/** Props of a SopsSecret. */
export interface SopsSecretProps {
  /** The encrypted file: a Secret for Flux, or a SopsSecret for an operator. */
  readonly file: FilePath;
  /** Name of the Secret, where the file has several, or encrypts their names. @default the only one of the file */
  readonly secret?: string;
}

const PROPS = record<SopsSecretProps>(
  { file: filePath, secret: text },
  { expected: 'props', example: "{ file: 'secrets/login.yaml' }" },
);

/** An object that is rendered as its file has it: SOPS signs the values and their order. */
class EncryptedObject extends ApiObject {
  readonly #object: PlainObject;

  constructor(scope: Construct, id: string, object: PlainObject) {
    const { apiVersion, kind, metadata } = object;
    const { name = '', namespace } = metadata;
    super(scope, id, { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } });
    this.#object = object;
  }

  override toJson(): PlainObject {
    return structuredClone(this.#object);
  }
}

/**
 * A Secret from a file that SOPS has encrypted. The object is rendered as it is, so that its signature holds: it gets no
 * labels and no namespace of the chart. Flux decrypts a Secret; the operators of isindir and peak-scale decrypt a SopsSecret.
 *
 * | object | when | why |
 * |---|---|---|
 * | Secret | the file has one | Flux decrypts it before it is applied |
 * | SopsSecret | the file has one | an operator decrypts it, and creates its Secrets |
 */
export class SopsSecret extends Construct implements Reference<'Secret'>, Checksummed {
  readonly kind = 'Secret';
  /** Name of the Secret in the cluster. */
  readonly name: string;
  /** The object of the file; nothing where that cannot be read. */
  readonly object: ApiObject | undefined;
  /** Hash of the file, so that pods are rolled out when it changes. */
  readonly checksum: string | undefined;
  readonly #secret: EncryptedSecret | undefined;

  constructor(scope: Construct, id: string, given: SopsSecretProps) {
    super(inScope(scope, id, new.target), id);
    const props = shaped(this, given, PROPS);
    const report = reporter(this);
    if (props.file === undefined && !isMisshapen(this)) {
      const message = 'Required value: a SopsSecret needs a file';
      report({ code: 'MISSING_PROP', path: 'file', message });
    }
    const file = props.file === undefined ? undefined : readSopsFile(props.file, report);
    this.#secret = file && chosen(file, props.secret, report);
    this.name = props.secret ?? this.#secret?.name ?? id;
    this.checksum = file && hashOf(file.object);
    this.object = file && this.#render(file, report);
    // Nothing in the manifests says this name.
    if (this.#secret?.name === undefined) markExisting(this);
  }

  /** The keys of the Secret. */
  get keys(): readonly string[] {
    return this.#secret?.keys ?? [];
  }

  /** The whole Secret as files, for `files`; see FilesFrom. */
  mount(options: MountedKeys = {}): FilesFrom {
    return { from: this, ...options };
  }

  /** Refers to one key, as the value of a variable or as a file. */
  key(key: string, options: { readonly optional?: boolean } = {}): KeyReference {
    if (this.#secret === undefined) return { of: this, key, ...options };
    return { ...secretKey(this, () => this.keys, key, options), of: this };
  }

  #render({ object, installed }: SopsFile, report: Reporter): ApiObject {
    requireInstalled(this, installed);
    const { namespace } = Cdk8sChart.of(this);
    if (namespace !== undefined && object.metadata.namespace === undefined) {
      const message = `Required value: the object has no namespace, and cannot get "${namespace}": it is signed`;
      const hint = `Set metadata.namespace in the file with \`sops set\`, or before it is encrypted.`;
      report({ code: 'MISSING_PROP', path: 'file', message, hint });
    }
    return new EncryptedObject(this, 'Resource', object);
  }
}

Object.defineProperty(SopsSecret.prototype, WHOLE, { value: true });

/** The Secret of the file that is meant; reports where that is not clear. */
function chosen(
  { secrets }: SopsFile,
  name: string | undefined,
  report: Reporter,
): EncryptedSecret | undefined {
  const [only, ...more] = secrets;
  const names = secrets.flatMap((secret) => secret.name ?? []);
  if (name === undefined) {
    if (more.length === 0 && only?.name !== undefined) return only;
    const why =
      names.length === secrets.length
        ? `the file has ${names.join(', ') || 'no Secret'}`
        : 'the file encrypts names';
    report({ code: 'MISSING_PROP', path: 'secret', message: `Required value: ${why}` });
    return undefined;
  }
  const found = secrets.find((secret) => secret.name === name);
  const hidden = secrets.filter((secret) => secret.name === undefined);
  if (found === undefined && hidden.length === 0) {
    const message = `Unsupported value: "${name}": supported values: ${names.map((each) => `"${each}"`).join(', ')}`;
    report({ code: 'INVALID_PROP', path: 'secret', message });
    return undefined;
  }
  return found ?? { name: undefined, keys: [...new Set(hidden.flatMap(({ keys }) => keys))] };
}
