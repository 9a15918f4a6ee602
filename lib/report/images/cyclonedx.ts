import { formatId } from '../../manifest/manifest';
import { jsonText } from '../escape/json';
import { userOf, type ImagesPrinter, type ImageUse, type ListedImage } from './report';

/** The names that CycloneDX has for the algorithms of digests. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

/**
 * For scanners and inventories: a bill of materials with a component each image. It has no serial number and no time, so
 * that the same manifests give the same bytes.
 *
 * Source: the JSON schema of CycloneDX 1.6, and the type `oci` of package URLs.
 */
export const cyclonedx: ImagesPrinter = ({ images }) =>
  jsonText({
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { tools: { components: [{ type: 'application', name: 'seaworthy' }] } },
    components: images.map(componentOf),
  });

function componentOf(listed: ListedImage): object {
  const { image, name, tag, digest, uses } = listed;
  const [algorithm = '', content] = digest?.split(':') ?? [];
  const hash = ALGORITHMS[algorithm];
  const url = purlOf(listed);
  return {
    type: 'container',
    'bom-ref': image,
    name: name ?? image,
    ...((tag ?? digest) !== undefined && { version: tag ?? digest }),
    ...(hash !== undefined && { hashes: [{ alg: hash, content }] }),
    ...(url !== undefined && { purl: url }),
    properties: uses.map((use) => ({ name: 'seaworthy:use', value: useText(use) })),
  };
}

/** `pkg:oci/nginx@sha256%3A…?repository_url=docker.io/library/nginx&tag=1.27`. */
function purlOf({ name, tag, digest }: ListedImage): string | undefined {
  if (name === undefined) return undefined;
  const version = digest === undefined ? '' : `@${encodeURIComponent(digest)}`;
  const qualifiers = [
    `repository_url=${encodeURIComponent(name).replaceAll('%2F', '/')}`,
    ...(tag === undefined ? [] : [`tag=${encodeURIComponent(tag)}`]),
  ];
  return `pkg:oci/${name.slice(name.lastIndexOf('/') + 1)}${version}?${qualifiers.join('&')}`;
}

function useText(use: ImageUse): string {
  const { environment, object, source } = use;
  const where = environment === undefined ? '' : `${environment}: `;
  return `${where}${formatId(object)}, ${userOf(use)}${source === undefined ? '' : `, ${source}`}`;
}
