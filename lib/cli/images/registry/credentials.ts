import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isPlainRecord } from '../../../manifest/data';

/** A user of a registry and the password; that of the user `<token>` is an identity token. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** What docker's configuration says of one registry. */
export type Login = (login: string) => Promise<Credentials | undefined>;

/** How docker files a login by credential helpers. */
const HELPER = /^[\w.-]+$/;

/**
 * The logins that `docker login` keeps: in the file itself, or in a credential helper.
 *
 * Source: "Credential stores" and "Credential helpers" in the reference of `docker login`.
 */
export function dockerLogins(env: NodeJS.ProcessEnv): Login {
  const folder = env['DOCKER_CONFIG'] ?? join(env['HOME'] ?? homedir(), '.docker');
  const config = readConfig(join(folder, 'config.json'));
  const helpers = recordIn(config, 'credHelpers');
  const auths = recordIn(config, 'auths');
  return async (login) => {
    const helper = helpers[login] ?? config['credsStore'];
    if (typeof helper === 'string' && HELPER.test(helper)) {
      const found = await askHelper(helper, login, env);
      if (found !== undefined) return found;
    }
    const entry = auths[login] ?? auths[`https://${login}`] ?? auths[`https://${login}/v2/`];
    return isPlainRecord(entry) && typeof entry['auth'] === 'string' ? decoded(entry['auth']) : undefined;
  };
}

function readConfig(path: string): Readonly<Record<string, unknown>> {
  try {
    const config: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isPlainRecord(config) ? config : {};
  } catch {
    // Without it everything is asked for as anybody may.
    return {};
  }
}

function recordIn(config: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = config[key];
  return isPlainRecord(value) ? value : {};
}

function decoded(auth: string): Credentials | undefined {
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon <= 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** A helper prints a user and a secret for the registry that it reads from stdin, and fails for one that it does not know. */
function askHelper(helper: string, login: string, env: NodeJS.ProcessEnv): Promise<Credentials | undefined> {
  return new Promise((resolve) => {
    const child = execFile(
      `docker-credential-${helper}`,
      ['get'],
      { env, timeout: 30_000 },
      (error, stdout) => {
        if (error !== null) return resolve(undefined);
        try {
          const { Username: user, Secret: password } = JSON.parse(stdout) as Record<string, unknown>;
          resolve(typeof user === 'string' && typeof password === 'string' ? { user, password } : undefined);
        } catch {
          resolve(undefined);
        }
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(login);
  });
}
