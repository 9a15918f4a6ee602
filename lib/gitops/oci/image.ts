import { createHash } from 'node:crypto';
import { gzip } from './gzip';
import { tar } from './tar';

/** The media types of an artifact. */
export interface MediaTypes {
  readonly config: string;
  readonly layer: string;
}

/**
 * Those that a deployer reads: those of an image for Argo CD, whose repository server takes one layer of the types in
 * `--oci-layer-media-types`; for Flux those that it writes itself, though it takes the first layer of whatever type.
 *
 * Source: `globals.go` of fluxcd/pkg `oci` 0.73, and `util/oci/client.go` of Argo CD 3.6.
 */
export const MEDIA_TYPES: Readonly<Record<'flux' | 'oci', MediaTypes>> = {
  flux: {
    config: 'application/vnd.cncf.flux.config.v1+json',
    layer: 'application/vnd.cncf.flux.content.v1.tar+gzip',
  },
  oci: {
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  },
};

/** What an image layout holds. */
export interface Artifact {
  /** The files of its one layer, by their paths in it. */
  readonly files: ReadonlyMap<string, string>;
  readonly mediaTypes: MediaTypes;
  /** The tag of its manifest, by which tools find it in the layout. */
  readonly tag: string;
  /** Annotations of its manifest. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** A blob, and where a manifest or an index refers to it. */
interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * The files of an OCI image layout, by their paths in its folder. The same artifact gives the same bytes on every machine.
 *
 * Source: "OCI Image Layout Specification", "OCI Image Manifest Specification" and "OCI Image Index Specification" 1.1.
 */
export function imageLayout({
  files,
  mediaTypes,
  tag,
  annotations,
}: Artifact): ReadonlyMap<string, string | Buffer> {
  const blobs = new Map<string, Buffer>();
  const add = (mediaType: string, content: Buffer): Descriptor => {
    const hex = sha256(content);
    blobs.set(`blobs/sha256/${hex}`, content);
    return { mediaType, digest: `sha256:${hex}`, size: content.length };
  };
  const archive = tar(files);
  const layer = add(mediaTypes.layer, gzip(archive));
  // Of no processor: tools expect the fields.
  const config = {
    architecture: 'unknown',
    os: 'unknown',
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(archive)}`] },
  };
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = add(
    mediaType,
    json({
      schemaVersion: 2,
      mediaType,
      config: add(mediaTypes.config, json(config)),
      layers: [layer],
      ...(Object.keys(annotations).length > 0 && { annotations }),
    }),
  );
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ ...manifest, annotations: { 'org.opencontainers.image.ref.name': tag } }],
  };
  return new Map<string, string | Buffer>([
    ...blobs,
    ['index.json', text(index)],
    ['oci-layout', text({ imageLayoutVersion: '1.0.0' })],
  ]);
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A file that people read in a diff. */
function text(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
