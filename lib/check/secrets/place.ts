import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { mayBeSecret, promiseOf } from './named';

/** From an object's root: map keys as strings, list indexes as numbers. */
export type Steps = readonly (string | number)[];

/** What is known of a value by what is around it. */
export interface Place {
  /** The name of the value: its key, or what is called a name beside it. */
  readonly name: string;
  /** Whether the name, or one above, promises anything. */
  readonly isPromising: boolean;
  /** A name above that promises a secret: `password` of `password: { value: … }`. */
  readonly under: string | undefined;
  /** The part of a Secret that it is in: of its metadata, names and labels are no content. */
  readonly zone: 'open' | 'metadata' | 'annotations' | 'content';
  /** Whether it is part of a kind such as SealedSecret. */
  readonly isOfSecrets: boolean;
  /** Whether it is base64, as `binaryData` is. */
  readonly isBinary: boolean;
  /** The argument before it in a list. */
  readonly before: string | undefined;
}

/** The place of a whole object. */
export const ROOT: Place = {
  name: '',
  isPromising: false,
  under: undefined,
  zone: 'open',
  isOfSecrets: false,
  isBinary: false,
  before: undefined,
};

/** What is known of the place at `steps` of an object, where it may have no value. */
export function placeAt(object: unknown, steps: Steps): Place {
  let [here, place] = [object, ROOT];
  for (const step of steps) {
    place = placeBelow(here, step, place);
    here = typeof here === 'object' && here !== null ? (here as PlainRecord)[step] : undefined;
  }
  return place;
}

/** The place of what `container`, which is at `place`, holds at `step`. */
export function placeBelow(container: unknown, step: string | number, place: Place): Place {
  if (typeof step === 'number') return itemPlace(Array.isArray(container) ? container : [], step, place);
  return placesIn(isPlainRecord(container) ? container : {}, place)(step);
}

/** The place of an item of a list: an argument belongs to the flag before it. */
export function itemPlace(list: readonly unknown[], index: number, place: Place): Place {
  const before = list[index - 1];
  const flag = typeof before === 'string' && before.startsWith('-') ? before : undefined;
  return place.before === flag ? place : { ...place, before: flag };
}

/** The places of the fields of a record, which is at `place`. */
export function placesIn(record: PlainRecord, place: Place): (step: string) => Place {
  const { zone, under, isOfSecrets, isBinary } = place;
  const { kind, remoteRef } = record;
  const isPlain =
    zone === 'open' &&
    under === undefined &&
    !isOfSecrets &&
    !isBinary &&
    remoteRef === undefined &&
    (typeof kind !== 'string' || !SECRETS.test(kind));
  // Most fields are like this: nothing but their own name says anything about them.
  return isPlain
    ? (step) => plainPlace(step) ?? placeOfValue(nameIn(record) ?? step)
    : (step) => otherPlace(record, step, place);
}

const valuePlaces = new Map<string, Place>();

/** The place of what is called by a name beside it, where nothing else says anything about it. */
function placeOfValue(name: string): Place {
  let place = valuePlaces.get(name);
  if (place === undefined) {
    if (valuePlaces.size > 10_000) valuePlaces.clear();
    valuePlaces.set(name, (place = { ...ROOT, ...promisedBy(name, undefined) }));
  }
  return place;
}

/** What a name promises, below one that does so too. */
function promisedBy(name: string, above: string | undefined): Pick<Place, 'name' | 'under' | 'isPromising'> {
  const promise = promiseOf(name);
  const under = promise === 'password' || promise === 'credential' ? name : above;
  return { name, under, isPromising: promise !== undefined || under !== undefined };
}

/** Null for what is called by a name beside it. */
const plainPlaces = new Map<string, Place | null>();

/** What the name of a field says, unless another beside it says more. */
function plainPlace(step: string): Place | null {
  let place = plainPlaces.get(step);
  if (place === undefined) {
    if (plainPlaces.size > 10_000) plainPlaces.clear();
    plainPlaces.set(step, (place = VALUES.has(step) ? null : otherPlace({}, step, ROOT)));
  }
  return place;
}

/** Secret, SealedSecret and the like. */
const SECRETS = /Secrets?$/;

function otherPlace(record: PlainRecord, step: string, place: Place): Place {
  // What a key of a Secret is called that an operator fills in from elsewhere promises nothing.
  const isFilled = record['remoteRef'] !== undefined;
  const name = isFilled ? '' : ((VALUES.has(step) ? nameIn(record) : undefined) ?? step);
  const { kind } = record;
  const isOfSecrets = place.isOfSecrets || (typeof kind === 'string' && SECRETS.test(kind));
  const { under, isPromising } = promisedBy(name, ABOUT.test(step) ? undefined : place.under);
  return {
    name,
    isPromising,
    under,
    zone: zoneBelow(record, step, place.zone, isOfSecrets),
    isOfSecrets,
    isBinary: place.isBinary || step === 'binaryData',
    before: undefined,
  };
}

/** Whether the place at `steps` of an object is one for secrets, whatever is there. */
export function isSecretPlace(object: unknown, steps: Steps): boolean {
  const { zone, name, under } = placeAt(object, steps);
  return zone === 'content' || zone === 'annotations' || under !== undefined || promiseOf(name) !== undefined;
}

/** Whether a scalar is a secret by its place, whatever it is. */
export function isSecretAt({ name, isPromising, under, zone }: Place, text: string): boolean {
  if (zone !== 'open') return true;
  if (!isPromising) return false;
  return mayBeSecret(name, text) || (under !== undefined && mayBeSecret(under, text));
}

/** Fields with the value of what is called a name beside them. */
const VALUES: ReadonlySet<string> = new Set(
  'value val values default content text plain plaintext plainText stringValue literal data'.split(' '),
);

/** `name` or `key` of a record such as an environment variable. */
function nameIn(record: PlainRecord): string | undefined {
  for (const field of ['name', 'key', 'field', 'header', 'property']) {
    const name = record[field];
    if (typeof name === 'string' && name !== '') return name;
  }
  return undefined;
}

/** Fields that say something about a secret, or where it is. */
const ABOUT =
  /^(?:name|namespace|kind|apiVersion|group|key|optional|property|version|type|method|enabled|path|mountPath|audiences?|issuer|expirationSeconds|defaultMode|server|role|role[_-]?id)$|(?:Name|Namespace|Refs?|Key|Path|File|Type|Class|Policy|Url|URL|Interval|TTL|Ttl|Mode|Enabled)$/;

/** Types of Secrets: any other text may be a value in the wrong place. */
const TYPE = /^(?:Opaque|(?:[a-z0-9-]+\.)+[a-z]{2,}\/[\w.-]+)$/;

/** The metadata of a Secret that is not its content. */
const IDENTITY: ReadonlySet<string> = new Set(
  (
    'name generateName namespace uid resourceVersion generation creationTimestamp deletionTimestamp ' +
    'deletionGracePeriodSeconds selfLink labels ownerReferences finalizers managedFields'
  ).split(' '),
);

/** Fields of references to an object, none of which holds anything of it. */
const REFERENCE: ReadonlySet<string> = new Set(
  (
    'apiVersion group kind version name namespace uid resourceVersion fieldPath key optional valuesKey targetPath ' +
    'sectionName'
  ).split(' '),
);

/** What the names of objects and their keys are made of. */
const NAME = /^[a-z0-9](?:[-\w.]{0,251}[a-z0-9])?$/i;

/** Whether a record of the kind Secret only names one: `{ kind: Secret, name: login }`. */
function isReferenceTo(record: PlainRecord): boolean {
  const { name } = record;
  return (
    typeof name === 'string' &&
    NAME.test(name) &&
    Object.keys(record).every((field) => REFERENCE.has(field) && typeof record[field] !== 'object')
  );
}

function zoneBelow(
  record: PlainRecord,
  step: string,
  zone: Place['zone'],
  isOfSecrets: boolean,
): Place['zone'] {
  if (zone === 'content' || step === 'stringData') return 'content';
  if (zone === 'annotations') return step.startsWith('seaworthy.dev/') ? 'open' : 'content';
  if (zone === 'metadata') {
    if (step === 'annotations') return 'annotations';
    return IDENTITY.has(step) ? 'open' : 'content';
  }
  const value = record[step];
  if (record['kind'] === 'Secret' && !isReferenceTo(record)) {
    if (step === 'apiVersion' || step === 'kind') return 'open';
    if (step === 'metadata') return 'metadata';
    if (step === 'immutable' && typeof value === 'boolean') return 'open';
    return step === 'type' && typeof value === 'string' && TYPE.test(value) ? 'open' : 'content';
  }
  // SealedSecret and the like; the data of an ExternalSecret is a list of references.
  return isOfSecrets && /^(?:data|encryptedData)$/.test(step) && isPlainRecord(value) ? 'content' : 'open';
}
