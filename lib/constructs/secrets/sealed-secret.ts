import type { Construct } from 'constructs';
import type { CustomPatches } from '../../kube/custom/patches';
import type { KubeObject as PlainObject } from '../../manifest/manifest';
import type { FilePath } from '../config/content';
import { filePath } from '../config/content';
import { hashOf } from '../core/content-hash';
import { Environment } from '../core/environment';
import { requireInstalled } from '../core/installed';
import { propsShape } from '../core/kubernetes-words';
import type { Reporter } from '../core/problems';
import { reporter } from '../core/problems';
import { nonEmptyRecord, optional } from '../core/props';
import type { Checksummed, KeyReference } from '../core/reference';
import type { ResourceProps } from '../core/resource';
import { Resource, RESOURCE_SHAPES } from '../core/resource';
import { choice, mapOf, text } from '../core/shapes';
import type { FilesFrom } from '../workloads/container/files';
import { SealedKeys } from './sealed-keys';
import { SealedLock } from './sealed-lock';
import { registerSealed } from './sealing';
import { readCertificate } from './sealing-certificate';
import { checkKeys, secretKey, type MountedKeys } from './secret-keys';
import { checkVersions, SECRET_VALUE, type SecretValue } from './secret-value';

const SCOPES = ['strict', 'namespace-wide', 'cluster-wide'] as const;

/** Where the controller unseals a value: under its name, in its namespace, or anywhere in the cluster. */
export type SealingScope = (typeof SCOPES)[number];

/** Props of a SealedSecret. */
export interface SealedSecretProps extends ResourceProps {
  /** Values by key: `{ token: TOKEN }`, or `{ token: { value, version: 2 } }` to replace a sealed one. */
  readonly keys: Readonly<Record<string, SecretValue>>;
  /** The controller's certificate, as `kubeseal --fetch-cert` prints it. @default `sealingCertificate` of the profile */
  readonly certificate?: FilePath;
  /** The file that keeps what was sealed; commit it. @default 'sealed.lock' in the current folder */
  readonly lock?: FilePath;
  /** Where the values may be unsealed. @default 'strict': under this name, in this namespace */
  readonly scope?: SealingScope;
  /** Type of the Secret, such as `kubernetes.io/tls`. @default 'Opaque', set by the API server */
  readonly type?: string;
}

const PROPS = propsShape<SealedSecretProps>(
  {
    ...RESOURCE_SHAPES,
    keys: mapOf(SECRET_VALUE, '{ token: TOKEN }'),
    certificate: filePath,
    lock: filePath,
    scope: choice(SCOPES),
    type: text,
  },
  { encryptedData: '`keys`, in plain text', template: '`type`, or `override`' },
);

const ANNOTATIONS: Readonly<Record<SealingScope, Readonly<Record<string, string>>>> = {
  strict: {},
  'namespace-wide': { 'sealedsecrets.bitnami.com/namespace-wide': 'true' },
  'cluster-wide': { 'sealedsecrets.bitnami.com/cluster-wide': 'true' },
};

/**
 * A Secret whose values are sealed for the Sealed Secrets controller of a cluster: everyone may read the rendered files, and
 * only the controller can unseal them. Values are sealed once, when the app is written, and kept in `sealed.lock`.
 *
 * | object | when | why |
 * |---|---|---|
 * | SealedSecret | always | makes the controller create the Secret of the same name |
 */
export class SealedSecret
  extends Resource<SealedSecretProps, CustomPatches['SealedSecret']>
  implements Checksummed
{
  readonly #keys: SealedKeys | undefined;

  constructor(scope: Construct, id: string, props: SealedSecretProps) {
    super(scope, id, props, {
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      shape: PROPS,
      content: (report) => {
        checkKeys(this.props.keys ?? {}, 'a SealedSecret', report);
        checkVersions(this.props.keys ?? {}, report);
        return { spec: this.#renderSpec(report) };
      },
      finish: (object, report) => this.#finish(object, report),
    });
    requireInstalled(this, 'sealed-secrets');
    this.#keys = this.#sealedKeys();
    if (this.#keys !== undefined) registerSealed(this, this.#keys);
  }

  /** Hash of the sealed values, so that pods are rolled out when one is sealed again. */
  get checksum(): string | undefined {
    const sealed = this.#keys?.render(() => undefined);
    return sealed === undefined ? undefined : hashOf(sealed);
  }

  /** The keys of the Secret. */
  get keys(): readonly string[] {
    return Object.keys(this.props.keys ?? {});
  }

  /** The whole Secret as files, for `files`; see FilesFrom. */
  mount(options: MountedKeys = {}): FilesFrom {
    return { from: this, ...options };
  }

  /** Refers to one key, as the value of a variable or as a file. */
  key(key: string, options: { readonly optional?: boolean } = {}): KeyReference {
    return { ...secretKey(this, () => this.keys, key, options), of: this };
  }

  #sealedKeys(): SealedKeys | undefined {
    const { props } = this;
    const report = reporter(this);
    const environment = Environment.of(this);
    const path = props.certificate ?? environment?.profile.sealingCertificate;
    if (path === undefined) {
      report({
        code: 'MISSING_PROP',
        path: 'certificate',
        message: "Required value: a SealedSecret needs its controller's certificate",
        hint: "Write it with `kubeseal --fetch-cert`, and set `sealingCertificate: 'sealing.pem'` in the profile.",
      });
      return undefined;
    }
    const certificate = readCertificate(path, report);
    const lock = SealedLock.of(this, props.lock ?? 'sealed.lock');
    if (lock.problem !== undefined) report(lock.problem);
    if (certificate === undefined || lock.problem !== undefined) return undefined;
    const scope = props.scope ?? 'strict';
    const secret = [environment?.node.id, this.namespace, this.name].map((part) => part ?? '').join('/');
    return new SealedKeys({
      values: props.keys ?? {},
      certificate,
      lock,
      secret,
      scope,
      label: this.#label(this),
    });
  }

  /** What the controller takes for the place of the Secret. Source: `EncryptionLabel` of sealed-secrets v1alpha1. */
  #label({
    namespace = '',
    name = '',
  }: {
    readonly namespace?: string | undefined;
    readonly name?: string;
  }): string {
    const { scope = 'strict' } = this.props;
    if (scope === 'cluster-wide') return '';
    return scope === 'namespace-wide' ? namespace : `${namespace}/${name}`;
  }

  #renderSpec(report: Reporter): object {
    const { scope = 'strict', type } = this.props;
    if (scope !== 'cluster-wide' && this.namespace === undefined) {
      const message = 'Required value: values are sealed for a namespace';
      const hint = "Set it here or on the chart, or set `scope: 'cluster-wide'`.";
      report({ code: 'MISSING_PROP', path: 'namespace', message, hint });
    }
    const metadata = {
      name: this.name,
      ...optional('namespace', this.namespace),
      ...nonEmptyRecord('annotations', ANNOTATIONS[scope]),
    };
    return {
      encryptedData: this.#keys?.render(report) ?? {},
      template: { metadata, ...optional('type', type) },
    };
  }

  /** The controller reads the scope from annotations, and unseals only where the values were sealed for. */
  #finish(object: PlainObject, report: Reporter): PlainObject {
    const { metadata } = object;
    if (this.#label(metadata) !== this.#label(this)) {
      const message = `the values are sealed for "${this.#label(this)}", and the object is "${this.#label(metadata)}"`;
      const hint = 'Set `name` and `namespace` instead of overriding them.';
      report({ code: 'INVALID_PROP', path: 'metadata', message, hint });
    }
    const scope = ANNOTATIONS[this.props.scope ?? 'strict'];
    const annotations = { ...metadata.annotations, ...scope };
    return { ...object, metadata: { ...metadata, ...nonEmptyRecord('annotations', annotations) } };
  }
}
