import type { Construct } from 'constructs';
import type { KubeObject as PlainObject } from '../../manifest/manifest';
import type { Content, ContentProps } from './content';
import { CONTENT_SHAPES, readContent } from './content';
import { hashOf, namedByContent } from '../core/content-hash';
import type { Reporter } from '../core/problems';
import type { AnyPatch } from '../core/override';
import { report, reporter } from '../core/problems';
import { firstOf } from '../core/props';
import type { Checksummed, KeyReference } from '../core/reference';
import type { ResourceProps } from '../core/resource';
import { Resource, RESOURCE_SHAPES } from '../core/resource';
import type { Shapes } from '../core/shape';
import type { RecordShape } from '../core/shapes';
import { flag } from '../core/shapes';

/** Props that ConfigMaps and Secrets share. */
export interface ConfigurationProps extends ResourceProps, ContentProps {
  /**
   * Whether the object is immutable in the cluster. Its name then ends in a hash of the content: other content is another
   * object, and the pods that use it are rolled out. With `false` the name stays, and the pods get a checksum of the content
   * as an annotation, so that they are rolled out as well. @default true
   */
  readonly immutable?: boolean;
}

export const CONFIGURATION_SHAPES: Shapes<ConfigurationProps> = {
  ...RESOURCE_SHAPES,
  ...CONTENT_SHAPES,
  immutable: flag,
};

/** The fields that hash and checksum are computed from. */
const CONTENT_FIELDS = ['data', 'binaryData', 'stringData', 'type'] as const;

/** What ConfigMaps and Secrets differ in. */
interface ConfigurationKind<P> {
  readonly kind: string;
  readonly shape: RecordShape<P>;
  readonly render: (content: Content) => object;
  /** Reports problems of the object as it will be written. */
  readonly check?: (object: PlainObject, report: Reporter) => void;
}

/** A ConfigMap or Secret: content by key that pods read as variables or files. */
export abstract class Configuration<P extends ConfigurationProps, O = AnyPatch>
  extends Resource<P, O>
  implements Checksummed
{
  readonly #immutable: boolean;
  readonly #content: Content;
  #rendered: { readonly revision: number; readonly name: string; readonly hash: string } | undefined;

  /** @internal */
  constructor(scope: Construct, id: string, props: P, kind: ConfigurationKind<P>) {
    super(scope, id, props, {
      apiVersion: 'v1',
      kind: kind.kind,
      shape: kind.shape,
      content: () => ({ immutable: this.#immutable || undefined, ...kind.render(this.#content) }),
      finish: (object, report) => {
        kind.check?.(object, report);
        return this.#immutable ? namedByContent(object, contentOf(object)) : object;
      },
    });
    this.#immutable = this.props.immutable ?? true;
    this.#content = readContent(this.props, reporter(this));
  }

  /** The name in the cluster; that of an immutable object follows its content. */
  override get name(): string {
    return this.rendered().name;
  }

  /** Hash of the content; `undefined` where the name ends in it. */
  get checksum(): string | undefined {
    return this.#immutable ? undefined : this.rendered().hash;
  }

  get paths(): ReadonlyMap<string, string> {
    return this.#content.paths;
  }

  /** Its keys. */
  get keys(): readonly string[] {
    return [...this.#content.values.keys()];
  }

  /** Refers to one key, as the value of a variable or as a file. */
  key(key: string, options: { readonly optional?: boolean } = {}): KeyReference {
    if (!this.#content.values.has(key)) {
      const message = `unknown key; it has ${firstOf(this.#content.values.keys())}`;
      report(this, { code: 'INVALID_PROP', path: `key('${key}')`, message });
    }
    return { of: this, key, ...options };
  }

  /** Name and hash of the content, computed again only when an override was added since. */
  private rendered(): { readonly name: string; readonly hash: string } {
    const { revision } = this.object;
    if (this.#rendered?.revision !== revision) {
      const { object } = this.object.render();
      const name = object.metadata.name ?? this.stableName;
      this.#rendered = { revision, name, hash: hashOf(contentOf(object)) };
    }
    return this.#rendered;
  }
}

function contentOf(object: PlainObject): unknown {
  return CONTENT_FIELDS.map((field) => object[field]);
}
