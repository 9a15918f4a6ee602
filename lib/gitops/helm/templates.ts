import type { ChartValue } from '../../manifest/chart-value';
import { isPlainRecord, setOwn, type PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { emitYaml } from '../../manifest/yaml/emit';
import type { Steps, ValueField } from './fields';

/**
 * The template that gives `object` back with its values. All that looks like a template in it is escaped.
 *
 * Values are written as JSON, which is YAML: `toJson` quotes a text whatever is in it, and writes a number as JavaScript does,
 * while templates alone write a million as `1e+06`.
 */
export function templateOf(object: KubeObject, fields: readonly ValueField[]): string {
  const text = emitYaml(object);
  const plain = fields.length === 0 ? escaped(text) : withActions(object, fields, text);
  // Helm trims documents, also where the last text ends in line breaks.
  return /\n$/.test(lastText(object))
    ? `${plain}# Helm trims the end of a document; the text above has a line break.\n`
    : plain;
}

/** In a text, what begins an action of a template is the text of an action. */
function escaped(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}

function withActions(object: KubeObject, fields: readonly ValueField[], text: string): string {
  let mark = 'seaworthy-value';
  while (text.includes(mark)) mark += '-';
  const actions: string[] = [];
  let marked: unknown = object;
  for (const [steps, own] of bySteps(fields)) {
    const name = `${mark}-${actions.length}-`;
    marked = replaced(marked, steps, (here) => {
      actions.push(actionOf(here, own));
      return name;
    });
  }
  return escaped(emitYaml(marked)).replace(
    new RegExp(`${mark}-(\\d+)-`, 'g'),
    (_, index: string) => actions[Number(index)] ?? '',
  );
}

function bySteps(fields: readonly ValueField[]): Iterable<readonly [Steps, readonly ValueField[]]> {
  const groups = new Map<string, [Steps, ValueField[]]>();
  for (const field of fields) {
    const key = JSON.stringify(field.steps);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [field.steps, [field]]);
    else group[1].push(field);
  }
  return groups.values();
}

/** A copy of `value` with another scalar at `steps`. */
function replaced(value: unknown, steps: Steps, by: (here: unknown) => string): unknown {
  const [first, ...rest] = steps;
  if (first === undefined) return by(value);
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === first ? replaced(each, rest, by) : each));
  const copy: PlainRecord = {};
  for (const [key, each] of Object.entries(value as PlainRecord))
    setOwn(copy, key, key === first ? replaced(each, rest, by) : each);
  return copy;
}

/** `{{ .Values.api.replicas | toJson }}`, or the parts of a text. */
function actionOf(here: unknown, fields: readonly ValueField[]): string {
  const [only] = fields;
  if (only !== undefined && only.places === undefined) return `{{ .Values.${only.value.path} | toJson }}`;
  const text = String(here);
  const spots = fields
    .flatMap(({ value, places = [] }) => places.map((at) => ({ at, value })))
    .sort((a, b) => a.at - b.at);
  const parts: string[] = [];
  let end = 0;
  for (const { at, value } of spots) {
    if (at > end) parts.push(JSON.stringify(text.slice(end, at)));
    parts.push(partOf(value));
    end = at + String(value.initial).length;
  }
  if (end < text.length) parts.push(JSON.stringify(text.slice(end)));
  const [part] = parts;
  return parts.length === 1 && part?.startsWith('.') === true
    ? `{{ ${part} | toJson }}`
    : `{{ print ${parts.join(' ')} | toJson }}`;
}

function partOf({ path, initial }: ChartValue): string {
  return typeof initial === 'string' ? `.Values.${path}` : `(.Values.${path} | toJson)`;
}

/** The text at the end of an object, if it ends in one. */
function lastText(value: unknown): string {
  if (typeof value === 'string') return value;
  const last: unknown = Array.isArray(value)
    ? value.at(-1)
    : isPlainRecord(value)
      ? Object.values(value).at(-1)
      : undefined;
  return last === undefined ? '' : lastText(last);
}
