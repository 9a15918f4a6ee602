import type { Target } from '../../graph/reference';
import type { LabelSelector } from '../../kube/labels';

/** The names of kinds in `kubectl create`, where it takes others than that of the kind. */
const COMMANDS: Readonly<Record<string, string>> = {
  ConfigMap: 'configmaps?|cm',
  Namespace: 'namespaces?|ns',
  PriorityClass: 'priorityclass(?:es)?|pc',
  Secret: 'secrets?',
  Service: 'services?|svc',
  ServiceAccount: 'serviceaccounts?|sa',
};

/** Lines between the kind and the name of an object, which may have many annotations and labels before it. */
const NEAR = 60;

/**
 * Whether a text defines an object, as YAML or JSON, commented out or in a guide, or has a command that creates or uses
 * it. It reads no templates: a name that is put together is not found.
 */
export function mentions(text: string, { kind, name }: Target): boolean {
  if (!text.includes(name)) return false;
  const own = `${START}${escaped(name)}${END}`;
  const command = COMMANDS[kind] ?? escaped(kind);
  const create = new RegExp(`\\bcreate\\s(?:[^\\n]*\\s)?(?:${command})\\s(?:[^\\n]*\\s)?${own}`, 'i');
  if (create.test(text)) return true;
  // As in `kubectl port-forward svc/web`.
  if (new RegExp(`\\b(?:${command})/${escaped(name)}${END}`, 'i').test(text)) return true;
  const isKind = new RegExp(`["']?\\bkind["']?:\\s*["']?${escaped(kind)}\\b`);
  const generator = GENERATORS[kind];
  return text.split(DOCUMENT).some((document) => {
    if (!document.includes(name)) return false;
    if (generator?.test(document) === true && new RegExp(`\\bname:\\s*["']?${own}`).test(document))
      return true;
    const lines = document.split('\n');
    return lines.some((line, index) => isKind.test(line) && namesNear(lines, index).includes(name));
  });
}

/** The fields of a kustomization that create objects. */
const GENERATORS: Readonly<Record<string, RegExp>> = {
  ConfigMap: /\bconfigMapGenerator:/,
  Secret: /\bsecretGenerator:/,
};

/** The names of objects that have a kind in some line: the first name in each metadata around it. Some sort the keys. */
function namesNear(lines: readonly string[], index: number): string[] {
  const near = lines.slice(Math.max(0, index - NEAR), index + NEAR).join('\n');
  return [...near.matchAll(/\bmetadata["']?:/g)].flatMap(({ index: start }) => {
    const name = /(?<![\w./-])name["']?:\s*["']?([^\s"',}]+)/.exec(near.slice(start))?.[1];
    return name ?? [];
  });
}

/** Whether a text has all labels of a selector, each in a line of its own. */
export function mentionsLabels(
  text: string,
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
): boolean {
  const pairs = Object.entries(matchLabels);
  if (pairs.length === 0 || matchExpressions.length > 0) return false;
  return pairs.every(([key, value]) => {
    if (!text.includes(key) || !text.includes(value)) return false;
    return new RegExp(`["']?${START}${escaped(key)}["']?\\s*[:=]\\s*["']?${escaped(value)}${END}`).test(text);
  });
}

/** Where a name starts and ends: it is no part of a longer one. */
const START = '(?<![\\w./-])';
const END = '(?![\\w/-]|\\.\\w)';
const DOCUMENT = /\n---[^\n]*\n/;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The paths that a kustomization builds on, as it writes them: the items of its lists. */
export function itemsOf(kustomization: string): string[] {
  return [...kustomization.matchAll(/^\s*-\s+["']?([^\s"'#:]+)["']?\s*$/gm)].map(([, item = '']) => item);
}
