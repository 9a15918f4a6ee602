import { hostsIn, type TextOptions } from '../../kube/hosts/host-text';
import { remembered } from '../../kube/remembered';
import type { Mention } from '../../kube/hosts/mention';
import { Field } from '../../manifest/field';
import type { Manifest } from '../../manifest/manifest';
import type { Container, Pods } from '../pods';
import type { World } from '../world';

/** A text that containers of pods use, and the hosts that it names. */
export interface PodText {
  /** The object that has the text: that of the pods, or a ConfigMap or Secret. */
  readonly manifest: Manifest;
  readonly at: Field;
  /** The field of the pods by which they use it. */
  readonly by: Field;
  readonly mentions: readonly Mention[];
  /** Whether it is that of a file, which may give names of its own to what it calls, as an `upstream` of nginx does. */
  readonly isFile: boolean;
  /** The text that stands next to it by another name, such as that of a port. */
  readonly beside: (key: string) => string | undefined;
}

/** The texts of pods that name hosts: variables, arguments, and the keys of ConfigMaps and Secrets that they use. */
export function textsOf(world: World, pods: Pods): readonly PodText[] {
  const configuration = new Configuration(world, pods.namespace);
  const found = pods.containers.flatMap((container) => [
    ...ofEnv(pods, container, configuration),
    ...ofArguments(pods, container),
  ]);
  const volumes = pods.spec
    .list('volumes')
    .flatMap((volume) => [
      ...configuration.files(volume, volume.child('configMap'), 'ConfigMap', 'name'),
      ...configuration.files(volume, volume.child('secret'), 'Secret', 'secretName'),
      ...volume
        .list('projected', 'sources')
        .flatMap((source) => [
          ...configuration.files(source, source.child('configMap'), 'ConfigMap', 'name'),
          ...configuration.files(source, source.child('secret'), 'Secret', 'name'),
        ]),
    ]);
  return [...found, ...volumes].filter(({ mentions }) => mentions.length > 0);
}

function ofEnv({ manifest }: Pods, { field }: Container, configuration: Configuration): PodText[] {
  const env = field.list('env');
  const values = new Map(env.map((each) => [each.child('name').text, each.child('value').text]));
  const beside = (key: string): string | undefined => values.get(key);
  const own = env.flatMap((variable) => {
    const [key, at] = [variable.child('name').text, variable.child('value')];
    if (at.text !== '') {
      const mentions = read(at.text, { key });
      return mentions.length === 0 ? [] : [ofField(manifest, at, mentions, beside)];
    }
    const from = variable.child('valueFrom');
    return [
      ...configuration.value(from.child('configMapKeyRef'), 'ConfigMap', key),
      ...configuration.value(from.child('secretKeyRef'), 'Secret', key),
    ];
  });
  const whole = field
    .list('envFrom')
    .flatMap((source) => [
      ...configuration.values(source.child('configMapRef'), 'ConfigMap'),
      ...configuration.values(source.child('secretRef'), 'Secret'),
    ]);
  return [...own, ...whole];
}

function ofArguments({ manifest }: Pods, { field }: Container): PodText[] {
  const words = [...field.list('command'), ...field.list('args')];
  return words.flatMap((at, index) => {
    const flag = words[index - 1]?.text ?? '';
    const key = /^--?[\w.-]+$/.test(flag) ? { key: flag.replace(/^-+/, '') } : {};
    const mentions = read(at.text, key);
    return mentions.length === 0 ? [] : [ofField(manifest, at, mentions, () => undefined)];
  });
}

function ofField(
  manifest: Manifest,
  at: Field,
  mentions: readonly Mention[],
  beside: PodText['beside'],
): PodText {
  return { manifest, at, by: at, mentions, isFile: at.text.includes('\n'), beside };
}

function read(text: string, options: TextOptions): readonly Mention[] {
  if (text.includes('\n')) return hostsIn(text, { isFile: true });
  return options.key === undefined ? ofValue(text) : ofNamedValue(`${options.key}\n${text}`);
}

/** What values name that are a single line: a fleet sets the same few variables over and over. */
const ofValue = remembered((text) => hostsIn(text));
const ofNamedValue = remembered((keyAndText) => {
  const end = keyAndText.lastIndexOf('\n');
  return hostsIn(keyAndText.slice(end + 1), { key: keyAndText.slice(0, end) });
});

/** The ConfigMaps and Secrets of a namespace, whose texts are read once each. */
class Configuration {
  readonly #world: World;
  readonly #namespace: string;

  constructor(world: World, namespace: string) {
    this.#world = world;
    this.#namespace = namespace;
  }

  /** The key that a variable reads. */
  value(by: Field, kind: Kind, variable: string): PodText[] {
    return this.#texts(by, kind, by.child('name').text, [by.child('key').text]).map((text) => ({
      ...text,
      mentions: read(text.content, { key: variable }),
      isFile: text.content.includes('\n'),
    }));
  }

  /** All keys as variables. */
  values(by: Field, kind: Kind): PodText[] {
    return this.#texts(by, kind, by.child('name').text).map((text) => ({
      ...text,
      mentions: mentionsIn(text.manifest, text.at.name, text.content, false),
      isFile: text.content.includes('\n'),
    }));
  }

  /** The keys that a volume has as files. */
  files(by: Field, source: Field, kind: Kind, name: string): PodText[] {
    const items = [...new Set(source.list('items').map((item) => item.child('key').text))];
    const keys = items.length === 0 ? undefined : items;
    return this.#texts(by, kind, source.child(name).text, keys).map((text) => ({
      ...text,
      mentions: mentionsIn(text.manifest, text.at.name, text.content, true),
      isFile: true,
    }));
  }

  /** The texts of some keys, or of all. */

  #texts(
    by: Field,
    kind: Kind,
    name: string,
    keys?: readonly string[],
  ): (Omit<PodText, 'mentions' | 'isFile'> & { readonly content: string })[] {
    if (name === '') return [];
    const { manifest, resolution } =
      this.#world.find({ group: '', kind, namespace: this.#namespace, name }) ?? {};
    if (manifest === undefined || resolution === 'derived') return [];
    const object = Field.root(manifest.object);
    const plain = object.child(kind === 'ConfigMap' ? 'data' : 'stringData');
    const beside = (key: string): string | undefined => plain.key(key).text || undefined;
    const used = (field: Field): readonly Field[] =>
      keys === undefined ? field.entries : keys.map((key) => field.key(key));
    const encoded = kind === 'Secret' ? used(object.child('data')) : [];
    return [
      ...used(plain).map((at) => ({ manifest, at, by, beside, content: at.text })),
      ...encoded.map((at) => ({ manifest, at, by, beside, content: decode(at.text) })),
    ].filter(({ content }) => content !== '');
  }
}

type Kind = 'ConfigMap' | 'Secret';

/** Secrets hold keys and archives as well. */
const LONGEST_SECRET = 65_536;

function decode(base64: string): string {
  return base64.length > LONGEST_SECRET ? '' : Buffer.from(base64, 'base64').toString('utf8');
}

const known = new WeakMap<Manifest, Map<string, readonly Mention[]>>();

/** What a key of a ConfigMap or Secret names, read once for all pods that use it. */
function mentionsIn(manifest: Manifest, key: string, content: string, isFile: boolean): readonly Mention[] {
  const texts = known.get(manifest) ?? new Map<string, readonly Mention[]>();
  known.set(manifest, texts);
  const place = `${isFile} ${key}`;
  const found = texts.get(place) ?? (isFile ? hostsIn(content, { isFile }) : read(content, { key }));
  texts.set(place, found);
  return found;
}
