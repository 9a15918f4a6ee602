import { isAbsolute, join } from 'node:path';
import { isPlainRecord, ownValue, type PlainRecord } from '../../../manifest/data';
import { invalid } from './invalid';
import type { Material } from './types';

/** Base64 as Go decodes it: line breaks in it do not count. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** One of the `clusters`, `users` or `contexts` of a kubeconfig file, whose fields are read as client-go decodes them. */
export class Entry {
  /** `users[jane]`. */
  readonly place: string;
  readonly name: string;
  readonly #fields: PlainRecord;
  /** The folder of the file, absolute. */
  readonly #folder: string;

  constructor(list: string, name: string, fields: PlainRecord, folder: string) {
    this.name = name;
    this.place = `${list}[${name}]`;
    this.#fields = fields;
    this.#folder = folder;
  }

  /** A text; empty if it is not there. */
  text(field: string): string {
    const value = ownValue(this.#fields, field) ?? '';
    return typeof value === 'string' ? value : this.#unfit(field, 'a string');
  }

  flag(field: string): boolean {
    const value = ownValue(this.#fields, field) ?? false;
    return typeof value === 'boolean' ? value : this.#unfit(field, 'true or false');
  }

  texts(field: string): readonly string[] {
    return this.#listOf(ownValue(this.#fields, field) ?? [], field);
  }

  textLists(field: string): ReadonlyMap<string, readonly string[]> {
    const lists = Object.entries(this.record(field) ?? {});
    return new Map(lists.map(([key, value]) => [key, this.#listOf(value ?? [], field)]));
  }

  record(field: string): PlainRecord | undefined {
    const value = ownValue(this.#fields, field) ?? undefined;
    return value === undefined || isPlainRecord(value) ? value : this.#unfit(field, 'a map');
  }

  /** The path of a file: relative ones are below the folder of the kubeconfig. */
  path(field: string): string | undefined {
    const path = this.text(field);
    return path === '' ? undefined : this.absolute(path);
  }

  absolute(path: string): string {
    return isAbsolute(path) ? path : join(this.#folder, path);
  }

  /** The certificate or key of a field, or of the one beside it that ends in `-data`. */
  material(field: string): Material {
    const [file, data] = [this.path(field), this.text(`${field}-data`).replace(/[\r\n]/g, '')];
    if (file !== undefined && data !== '')
      throw invalid(`${this.place} has both ${field} and ${field}-data, of which only one is allowed`);
    if (!BASE64.test(data)) this.#unfit(`${field}-data`, 'base64');
    return { ...(file !== undefined && { file }), ...(data !== '' && { data }) };
  }

  #listOf(value: unknown, field: string): readonly string[] {
    const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
    return isList ? value : this.#unfit(field, 'a list of strings');
  }

  #unfit(field: string, expected: string): never {
    throw invalid(`${this.place}.${field} is not ${expected}`);
  }
}
