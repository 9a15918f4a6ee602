import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Elsewhere } from '../../graph/around';
import { itemsOf, mentions, mentionsLabels } from './mentions';
import { namedFrom } from './sources';
import { KUSTOMIZATIONS } from './walk';

/** Files that say what a project creates: manifests, guides, scripts. */
const TEXTS: ReadonlySet<string> = new Set([
  '',
  '.adoc',
  '.json',
  '.md',
  '.mk',
  '.rst',
  '.sh',
  '.tmpl',
  '.tpl',
  '.txt',
  '.yaml',
  '.yml',
]);
/** Bytes of one file; more is data. */
const LARGEST = 2 ** 20;
/** Bytes of all files, and the number of them. */
const MOST = 2 ** 26;
const MOST_FILES = 10_000;
/** Questions that are answered: each reads all texts. */
const MOST_ASKED = 300;

interface Text {
  readonly path: string;
  readonly text: string;
}

/**
 * What the other files of a project say, the nearest first: those of the folders that were named, without the files that
 * are judged, then those above and beside. They are read when something is missing that nothing here explains.
 *
 * @param named the folders that the user named, and `tops` what they are a part of, a part before the whole
 * @param judged absolute paths of files that were read as manifests
 */
export function projectFiles(
  { named, tops }: { readonly named: readonly string[]; readonly tops: readonly string[] },
  judged: ReadonlySet<string>,
  cwd: string,
): Elsewhere {
  const folders = [...new Set([...named, ...tops])];
  let read: readonly Text[] | undefined;
  const answers = new Map<string, string | undefined>();
  const first = (question: string, isAnswer: (text: string, path: string) => boolean): string | undefined => {
    if (answers.has(question) || answers.size >= MOST_ASKED) return answers.get(question);
    read ??= readTexts(folders, judged);
    const found = read.find(({ text, path }) => isAnswer(text, path));
    const answer = found && namedFrom(cwd, found.path);
    answers.set(question, answer);
    return answer;
  };
  return {
    has: (target) => first(`${target.kind}/${target.name}`, (text) => mentions(text, target)),
    builtBy: () =>
      first('', (text, path) => {
        if (!KUSTOMIZATIONS.includes(basename(path))) return false;
        const used = itemsOf(text).map((item) => resolve(dirname(path), item));
        return used.some((each) => named.some((folder) => each === folder || dirname(each) === folder));
      }),
    labels: (selector) => first(JSON.stringify(selector), (text) => mentionsLabels(text, selector)),
  };
}

function readTexts(folders: readonly string[], judged: ReadonlySet<string>): Text[] {
  const found = new Map<string, Text>();
  let bytes = 0;
  for (const folder of folders)
    for (const path of textsBelow(folder)) {
      if (found.size >= MOST_FILES || bytes >= MOST) return [...found.values()];
      if (judged.has(path) || found.has(path)) continue;
      const text = textOf(path);
      bytes += text.length;
      found.set(path, { path, text });
    }
  return [...found.values()];
}

function textOf(path: string): string {
  try {
    const { size } = statSync(path);
    return size > LARGEST ? '' : readFileSync(path, 'utf8');
  } catch {
    // Whatever cannot be read says nothing.
    return '';
  }
}

/** Files before folders; hidden ones, links and packages are left out. */
function* textsBelow(folder: string): Generator<string> {
  const entries = entriesOf(folder).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  for (const entry of entries)
    if (entry.isFile() && TEXTS.has(extname(entry.name).toLowerCase())) yield join(folder, entry.name);
  for (const entry of entries) if (entry.isDirectory()) yield* textsBelow(join(folder, entry.name));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
