/** Lines of a watch, which a test adds to and ends. */
export class WatchStream {
  readonly #lines: (string | undefined)[] = [];
  #wake = (): void => undefined;

  tell(type: string, object: object): void {
    this.#lines.push(JSON.stringify({ type, object }));
    this.#wake();
  }

  end(): void {
    this.#lines.push(undefined);
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (;;) {
      while (this.#lines.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
      const line = this.#lines.shift();
      if (line === undefined) return;
      yield line;
    }
  }
}
