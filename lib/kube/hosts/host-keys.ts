/** Names of values that hold a host to call: `DB_HOST`, `dbHost`, `--server`, `bootstrap.servers`. */
const HOST =
  /(?:host(?:name)?|addr(?:ess)?(?:es)?|ur[li]|dsn|server|endpoint|broker|upstream|primary|replica|master)s?$/i;

/** Names of values that hold hosts which nobody calls: whom to let in, what to be called by, what needs no proxy. */
const UNCALLED =
  /no[-_.]?proxy|allow|trust|cors|origin|audience|cookie|ignore|exclude|deny|advertise|listen|bind|virtual[-_.]?host|server[-_.]?name|alt[-_.]?names?|dns[-_.]?names?|common[-_.]?name|(?:^|[-_.])sans?$/i;

/** No key that anybody reads is longer. */
const LONGEST = 256;

/** Whether what a value is called says that it holds a host to call. */
export function isHostKey(key: string): boolean {
  return key.length <= LONGEST && HOST.test(key);
}

/** Whether what a value is called says that the hosts in it are not called. */
export function isUncalledKey(key: string): boolean {
  return key.length <= LONGEST && UNCALLED.test(key);
}

/** What the port is called that belongs to a host: `DB_PORT` for `DB_HOST`, `dbPort` for `dbHost`. */
export function portKey(key: string): string | undefined {
  const [word] = (key.length <= LONGEST && HOST.exec(key)) || [];
  if (word === undefined) return undefined;
  const port = word === word.toUpperCase() ? 'PORT' : word === word.toLowerCase() ? 'port' : 'Port';
  return key.slice(0, -word.length) + port;
}
