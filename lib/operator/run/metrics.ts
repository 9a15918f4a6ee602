/** Labels of a series, by name. */
export type Labels = Readonly<Record<string, string>>;

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  lines(): Iterable<string>;
}

/** Metrics of a process, in the text format of Prometheus. */
export class Metrics {
  readonly #families: Family[] = [];

  /** A number that only grows. Its name ends in `_total`. */
  counter(name: string, help: string): Counter {
    return this.#added(new Counter(name, help));
  }

  /** A number that is asked for when the metrics are read. */
  gauge(name: string, help: string, read: () => Iterable<readonly [Labels, number]>): void {
    this.#added({
      name,
      help,
      type: 'gauge',
      *lines() {
        for (const [labels, value] of read()) yield line(name, labels, value);
      },
    });
  }

  /** How often something took how long, in seconds. */
  histogram(name: string, help: string, buckets: readonly number[]): Histogram {
    return this.#added(new Histogram(name, help, buckets));
  }

  /** All of them, as a scrape gets them: text/plain; version=0.0.4. */
  text(): string {
    const blocks = this.#families.map((family) => {
      const { name, help, type } = family;
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...family.lines(), ''].join('\n');
    });
    return blocks.join('');
  }

  #added<T extends Family>(family: T): T {
    this.#families.push(family);
    return family;
  }
}

/** A number that only grows, a series for each set of labels. */
export class Counter implements Family {
  readonly type = 'counter';
  readonly #series = new Map<string, number>();

  readonly name: string;
  readonly help: string;

  constructor(name: string, help: string) {
    this.name = name;
    this.help = help;
  }

  add(labels: Labels = {}, by = 1): void {
    const key = labelText(labels);
    this.#series.set(key, (this.#series.get(key) ?? 0) + by);
  }

  /** What it has come to. */
  value(labels: Labels = {}): number {
    return this.#series.get(labelText(labels)) ?? 0;
  }

  *lines(): Iterable<string> {
    for (const [labels, value] of this.#series) yield `${this.name}${labels} ${value}`;
  }
}

interface Observed {
  readonly labels: Labels;
  readonly counts: number[];
  sum: number;
  count: number;
}

/** How often something took how long, a series for each set of labels. */
export class Histogram implements Family {
  readonly type = 'histogram';
  readonly #series = new Map<string, Observed>();

  readonly name: string;
  readonly help: string;
  readonly buckets: readonly number[];

  constructor(name: string, help: string, buckets: readonly number[]) {
    this.name = name;
    this.help = help;
    this.buckets = buckets;
  }

  observe(labels: Labels, value: number): void {
    const key = labelText(labels);
    const series = this.#series.get(key) ?? { labels, counts: this.buckets.map(() => 0), sum: 0, count: 0 };
    this.#series.set(key, series);
    series.sum += value;
    series.count += 1;
    for (const [index, bound] of this.buckets.entries())
      if (value <= bound) series.counts[index] = (series.counts[index] ?? 0) + 1;
  }

  *lines(): Iterable<string> {
    for (const { labels, counts, sum, count } of this.#series.values()) {
      for (const [index, bound] of this.buckets.entries())
        yield line(`${this.name}_bucket`, { ...labels, le: String(bound) }, counts[index] ?? 0);
      yield line(`${this.name}_bucket`, { ...labels, le: '+Inf' }, count);
      yield line(`${this.name}_sum`, labels, sum);
      yield line(`${this.name}_count`, labels, count);
    }
  }
}

function line(name: string, labels: Labels, value: number): string {
  return `${name}${labelText(labels)} ${value}`;
}

function labelText(labels: Labels): string {
  const entries = Object.entries(labels);
  if (entries.length === 0) return '';
  return `{${entries.map(([name, value]) => `${name}="${escaped(value)}"`).join(',')}}`;
}

function escaped(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');
}
