import { isPlaceholder, isStandIn } from './stand-in';
import type { Span } from './span';

interface Shape {
  readonly what: string;
  /** Group 1 is the secret. */
  readonly shape: RegExp;
  /** Whether it is sure enough for a finding. */
  readonly isCertain: (secret: string, match: string) => boolean;
  /** Whether it is a secret at all. @default yes */
  readonly mayBe?: (secret: string, match: string) => boolean;
}

const SHAPES: readonly Shape[] = [
  {
    what: 'an Authorization header',
    shape: /(?<![\w-])(?:bearer|basic)\s+([\w.~+/=-]{8,})/dgi,
    // "Basic authentication" is a header of nothing.
    mayBe: (secret) => /[\d+/=]/.test(secret) || secret.length > 24,
    isCertain: (secret) => /\d/.test(secret) && secret.length >= 16,
  },
  {
    what: 'a user with a password',
    shape: /(?<![\w-])(?:-u|-U|--user|--proxy-user)(?:[ \t]+|=)["']?[\w.@+-]+:([^\s"']+)/dg,
    mayBe: (secret) => !/^\d+$/.test(secret),
    isCertain: (secret, match) =>
      secret.length >= 4 && !match.includes(` ${secret}:`) && !match.includes(`=${secret}:`),
  },
  {
    what: 'a signed URL',
    shape: /[?&](?:x-amz-|x-goog-)?sig(?:nature)?=([^&\s"'#]+)/dgi,
    isCertain: (secret) => secret.length >= 16,
  },
  {
    // Of a .pgpass: host, port, database, user.
    what: 'a line of a password file',
    shape: /^[^:\s]+:(?:\d+|\*):[^:\s]+:[^:\s]+:(\S+)$/dgm,
    isCertain: (secret) => secret.length >= 4,
  },
  {
    what: 'a password on a command line',
    shape:
      /(?<![\w-])(?:sshpass[ \t]+-p|redis-cli\b[^\n|;]{0,300}?[ \t]-a|mysql(?:dump|admin)?\b[^\n|;]{0,300}?[ \t]-p)[ \t]*["']?([^\s"']+)/dg,
    isCertain: () => false,
  },
];

/** What all of these need, tested first. */
const TRACE = /bearer|basic|-u|--user|--proxy-user|sig|^[^:\s]+:(?:\d+|\*):|sshpass|redis-cli|mysql/im;

/** The credentials in `text` that are known by what stands before them. */
export function credentialSpans(text: string): Span[] {
  if (!TRACE.test(text)) return [];
  return SHAPES.flatMap(({ what, shape, isCertain, mayBe = () => true }) =>
    [...text.matchAll(shape)].flatMap(({ 0: match, 1: secret = '', indices }): Span[] => {
      const [start = 0, end = 0] = indices?.[1] ?? [];
      if (isPlaceholder(secret) || !mayBe(secret, match)) return [];
      return [{ start, end, what, isCertain: !isStandIn(secret) && isCertain(secret, match) }];
    }),
  );
}
