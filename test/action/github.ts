/** A comment, as GitHub's API has it. */
export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  readonly body: string;
}

/** How the `gh` of a test behaves. */
export interface GitHub {
  readonly comments?: readonly Comment[];
  /** The user of the token. @default a token that may not ask */
  readonly viewer?: string;
  /** Whether all calls fail, as those of a token that may only read. */
  readonly fails?: boolean;
}

/**
 * The code of a program that takes the calls of `gh api` which the action makes. Comments come in pages of two, each of
 * which goes through jq by itself; they are kept in `comments.json` of the home folder.
 */
export function gh({ comments = [], viewer, fails = false }: GitHub): string {
  return `
const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const option = (name) => args[args.indexOf(name) + 1];
const print = (page) => process.stdout.write(execFileSync('jq', ['-r', option('--jq')], { input: JSON.stringify(page) }));
const fail = (message) => { process.stderr.write('gh: ' + message + '\\n'); process.exit(1); };
const file = process.env.HOME + '/comments.json';
const comments = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : ${JSON.stringify(comments)};
const body = () => {
  if (option('-F') === undefined || !option('-F').startsWith('body=@')) fail('no body');
  return readFileSync(option('-F').slice('body=@'.length), 'utf8');
};
if (${String(fails)} || args[0] !== 'api') fail('Resource not accessible by integration (HTTP 403)');
const place = args.find((word) => word === 'graphql' || word.startsWith('repos/'));
if (place === 'graphql') {
  const login = ${JSON.stringify(viewer ?? '')};
  if (login === '') fail('HTTP 403');
  print({ data: { viewer: { login } } });
} else if (args.includes('PATCH')) {
  const comment = comments.find(({ id }) => place === 'repos/acme/shop/issues/comments/' + id);
  if (comment === undefined) fail('HTTP 404');
  comment.body = body();
} else if (place !== 'repos/acme/shop/issues/7/comments') fail('HTTP 404');
else if (args.includes('POST')) {
  comments.push({ id: 1000 + comments.length, user: { login: ${JSON.stringify(viewer ?? 'github-actions[bot]')} }, body: body() });
} else if (args.includes('--paginate')) {
  for (let start = 0; start < comments.length; start += 2) print(comments.slice(start, start + 2));
} else fail('HTTP 400');
writeFileSync(file, JSON.stringify(comments));`;
}
