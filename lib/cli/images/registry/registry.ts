import { createHash } from 'node:crypto';
import { SeaworthyError, type Problem } from '../../../errors';
import { digestFault } from '../../../manifest/image-lock';
import { challengeIn, type Challenge } from './challenge';
import type { Credentials, Login } from './credentials';
import { placeOf, type ImagePlace } from './place';
import { send, type Answer } from './request';

export interface RegistryOptions {
  readonly logins: Login;
  /** PEM of the authorities that are trusted as well; registries on this machine are then asked over TLS, too. */
  readonly ca?: readonly string[];
  readonly signal?: AbortSignal;
}

/** What a tag may lead to: an index for several platforms before the manifest of one. */
const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/**
 * Asks registries which digest a tag leads to.
 *
 * Source: "Checking if content exists in the registry" of the OCI Distribution Specification 1.1, and "Token Authentication
 * Specification" of CNCF Distribution.
 */
export class Registries {
  readonly #options: RegistryOptions;
  /** The `Authorization` of each repository that has asked for one. */
  readonly #authorizations = new Map<string, string>();

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  /** @throws SeaworthyError REGISTRY_FAILED */
  async digestOf(image: string): Promise<string> {
    const place = placeOf(image);
    if (place === undefined) throw failure(image, 'is no image reference');
    try {
      return await this.ask(place, image);
    } catch (error) {
      this.#options.signal?.throwIfAborted();
      if (error instanceof SeaworthyError) throw error;
      throw failure(image, `${place.host}: ${reasonOf(error)}`);
    }
  }

  private async ask(place: ImagePlace, image: string): Promise<string> {
    const head = await this.request('HEAD', place);
    if (head.status !== 200) throw refusal(image, place, head);
    const named = head.headers['docker-content-digest'];
    const digest = typeof named === 'string' ? named : await this.computed(place, image);
    const fault = digestFault(digest);
    if (fault !== undefined) throw failure(image, `${place.host} names the digest "${digest}": ${fault}`);
    return digest;
  }

  /** Some registries do not say the digest. */
  private async computed(place: ImagePlace, image: string): Promise<string> {
    const answer = await this.request('GET', place);
    if (answer.status !== 200) throw refusal(image, place, answer);
    return `sha256:${createHash('sha256').update(answer.body).digest('hex')}`;
  }

  private async request(method: 'GET' | 'HEAD', place: ImagePlace): Promise<Answer> {
    const { ca, signal } = this.#options;
    const { host, repository, tag, isLocal } = place;
    const protocol = isLocal && ca === undefined ? 'http' : 'https';
    const url = new URL(`${protocol}://${host}/v2/${repository}/manifests/${tag}`);
    const key = `${host}/${repository}`;
    const attempt = (): Promise<Answer> => {
      const authorization = this.#authorizations.get(key);
      const headers = {
        Accept: ACCEPT,
        ...(authorization !== undefined && { Authorization: authorization }),
      };
      return send({ method, url, headers, ca, signal });
    };
    const first = await attempt();
    if (first.status !== 401) return first;
    const challenge = challengeIn(first.headers['www-authenticate']);
    const authorization = challenge && (await this.authorize(challenge, place));
    if (authorization === undefined) return first;
    this.#authorizations.set(key, authorization);
    return attempt();
  }

  private async authorize(challenge: Challenge, place: ImagePlace): Promise<string | undefined> {
    const { logins, ca, signal } = this.#options;
    const known = await logins(place.login);
    if (known?.user === '<token>') throw new Error('the login is an identity token, which is not supported');
    if (challenge.scheme === 'basic') return known === undefined ? undefined : basic(known);
    const { realm, service, scope = `repository:${place.repository}:pull` } = challenge;
    const url = new URL(realm);
    if (url.protocol !== 'https:' && !place.isLocal)
      throw new Error(`asks for tokens at ${realm}, which is not encrypted`);
    if (service !== undefined) url.searchParams.set('service', service);
    url.searchParams.set('scope', scope);
    const headers = known === undefined ? {} : { Authorization: basic(known) };
    const answer = await send({ method: 'GET', url, headers, ca, signal });
    if (answer.status !== 200) throw new Error(`${url.host} gives no token: status ${answer.status}`);
    const { token, access_token: other } = JSON.parse(answer.body.toString('utf8')) as Record<
      string,
      unknown
    >;
    const given = typeof token === 'string' ? token : other;
    if (typeof given !== 'string') throw new Error(`${url.host} gives no token`);
    return `Bearer ${given}`;
  }
}

function basic({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function refusal(image: string, { host, login }: ImagePlace, { status }: Answer): SeaworthyError {
  if (status === 404) return failure(image, `${host} has no such tag`);
  if (status === 401 || status === 403)
    return failure(image, `${host} refuses it: status ${status}`, `Log in with: docker login ${login}`);
  const hint = status === 429 ? 'Too many requests: wait, or log in.' : undefined;
  return failure(image, `${host} answers with status ${status}`, hint);
}

function reasonOf(error: unknown): string {
  const { message, code, errors } = error as NodeJS.ErrnoException & { readonly errors?: readonly Error[] };
  // Several addresses were tried.
  return message || (errors?.[0]?.message ?? code ?? 'no answer');
}

function failure(image: string, message: string, hint?: string): SeaworthyError {
  const problem: Problem = { code: 'REGISTRY_FAILED', place: image, message };
  return new SeaworthyError({
    ...problem,
    hint: hint ?? 'Where the registry cannot be reached, give the digests as JSON: --digests digests.json.',
  });
}
