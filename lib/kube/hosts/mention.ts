/** How a text shows that a word is the name of a host. */
export type Shown =
  /** It is the authority of a URL: `http://api/`. */
  | 'url'
  /** A port follows it: `api:8080`, `api 8080`. */
  | 'port'
  /** It is the value of something called by a word for a host: `DB_HOST=db`, `server: db`. */
  | 'named'
  /** It is the whole of a value: `db.shop`. */
  | 'whole'
  /** Nothing but its own form: `db.shop.svc`. */
  | 'form';

/** A host that a text names. */
export interface Mention {
  /** In lower case, without a dot at the end. */
  readonly host: string;
  readonly shown: Shown;
  /** Whether a name that only a running program knows comes before it: `$(POD_NAME).db`. */
  readonly isBelowVariable: boolean;
  readonly port?: number;
  /** The scheme of its URL, in lower case. */
  readonly scheme?: string;
  /** What the value is called that it is in: `DB_HOST`. */
  readonly key?: string;
}

/** A name of the DNS has at most so many characters, one of its labels so many (RFC 1035, 2.3.4). */
const LONGEST = 253;
const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** A word as the name of a host; `undefined` where it can be none, or is an address. */
export function hostName(word: string): string | undefined {
  const name = (word.endsWith('.') ? word.slice(0, -1) : word).toLowerCase();
  if (name.length === 0 || name.length > LONGEST) return undefined;
  const labels = name.split('.');
  // `_http._tcp.api.shop.svc` asks for the ports of a name.
  const own =
    labels[0]?.startsWith('_') === true && labels[1]?.startsWith('_') === true ? labels.slice(2) : labels;
  const isName = own.length > 0 && own.every((label) => LABEL.test(label)) && !/^\d+$/.test(own.at(-1) ?? '');
  return isName ? own.join('.') : undefined;
}

/** The port that digits say. */
export function portNumber(digits: string): number | undefined {
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port > 0 && port < 65_536 ? port : undefined;
}
