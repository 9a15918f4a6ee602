import { App as Cdk8sApp } from 'cdk8s';
import type { Defaults } from './constructs/core/defaults';
import { DEFAULTS, setDefaults } from './constructs/core/defaults';
import { setImageLock } from './constructs/core/image-lock';
import { checkIncludes } from './constructs/core/include';
import { trace } from './constructs/core/origin';
import { PINS, pinsOf, setPins, type Pins } from './constructs/core/pin';
import { report } from './constructs/core/problems';
import { optional } from './constructs/core/props';
import { sealPending } from './constructs/secrets/sealing';
import { inspectProps, settle } from './constructs/core/shaped';
import { choice, number, record, text } from './constructs/core/shapes';
import { declaredValues } from './constructs/core/value';
import { SeaworthyError } from './errors';
import { currentHost } from './host';
import { recordConstructs } from './output/construct-metadata';
import { folderName } from './output/file-name';
import { readImageLock } from './output/image-lock-file';
import { isGenerations, MOST_GENERATIONS, withGenerations } from './output/generations';
import { layout } from './output/layout';
import type { Layout } from './output/layout';
import { render } from './output/render';
import { seal } from './output/seal';
import { writeOutput } from './output/write';
import { writeFile } from './output/write-file';
import { dnsLabel } from './kube/names';
import { synth, synthesize } from './synth/synth';

/** What an App is made with. */
export interface AppProps {
  /** Name of the app, a folder of the output. @default none: the environments stand at the top of the output */
  readonly name?: string;
  /** Folder to write to. @default what the command line says, else 'dist' */
  readonly outdir?: string;
  /** One file for each chart, or for each object. @default 'chart' */
  readonly layout?: Layout;
  /** Whether each object in the files says which construct made it. @default it does not */
  readonly annotations?: 'construct';
  /**
   * How many former generations of each immutable ConfigMap and Secret the output keeps, in `former-generations.yaml` of
   * their folder, so that pods of an old revision and rollbacks still find them. @default 0
   */
  readonly keepGenerations?: number;
  /** Props for every workload, where neither it nor its chart or environment sets them. @default none */
  readonly defaults?: Defaults;
  /**
   * The file that `pin` reads, from the current folder, or the pins themselves, such as in a test. A file that is named has to
   * be there.
   *
   * @default 'pins.yaml', where there is one
   */
  readonly pins?: string | Pins;
}

const PROPS = record<AppProps>(
  {
    name: text,
    outdir: text,
    layout: choice(['chart', 'object']),
    annotations: choice(['construct']),
    keepGenerations: number,
    defaults: DEFAULTS,
    pins: PINS,
  },
  { expected: 'props', example: "{ outdir: 'dist' }" },
);

/**
 * An application: charts, in environments where there are several clusters. It is a cdk8s App that remembers which
 * line of code made each construct, and renders with Seaworthy's own engine.
 */
export class App extends Cdk8sApp {
  readonly #props: AppProps;

  constructor(props: AppProps = {}) {
    const inspected = inspectProps(props, PROPS);
    const { props: own } = inspected;
    super(optional('outdir', own.outdir));
    this.#props = own;
    trace(this);
    checkIncludes();
    settle(this, inspected);
    setDefaults(this, own.defaults);
    setPins(this, { given: own.pins, text: currentHost()?.pins });
    this.readImageLock();
    const wrong = own.name === undefined ? undefined : dnsLabel(own.name);
    if (wrong !== undefined) {
      report(this, {
        code: 'INVALID_NAME',
        path: 'name',
        message: `an app cannot be called "${own.name}": ${wrong}`,
      });
    }
    const keep = own.keepGenerations;
    if (keep !== undefined && !isGenerations(keep)) {
      const message = `Invalid value: ${String(keep)}: must be a whole number from 0 to ${MOST_GENERATIONS}`;
      report(this, { code: 'INVALID_PROP', path: 'keepGenerations', message });
    }
  }

  /**
   * Renders all objects and writes them below the output folder, where a crash at any moment leaves the old files or
   * the new ones. Values of SealedSecrets that are not in `sealed.lock` are sealed, and the lock is written as well. Under
   * the command line, hands all over instead.
   *
   * @throws SeaworthyError with all that is wrong; then nothing is written
   */
  override synth(): void {
    const { name, layout: style, annotations, keepGenerations } = this.#props;
    const locks = sealPending(this, seal);
    const host = currentHost();
    const { manifests, clusters } = synthesize(this, (objects) => host?.expect?.(objects));
    const options = { ...optional('layout', style), ...optional('annotations', annotations) };
    if (host !== undefined) {
      const values = declaredValues();
      host.receive({
        ...optional('name', name),
        outdir: this.outdir,
        ...options,
        ...optional('keepGenerations', keepGenerations),
        clusters: Object.fromEntries(clusters),
        ...optional('pins', pinsOf(this)),
        ...(locks.size > 0 && { locks: Object.fromEntries(locks) }),
        ...(values.length > 0 && { values }),
        manifests,
      });
      return;
    }
    // The other way round, a crash in between would leave an output that nothing renders again.
    for (const [path, text] of locks) writeFile(path, text);
    const placed = layout(manifests, { ...optional('app', name), ...options });
    writeOutput(
      this.outdir,
      render(withGenerations(this.outdir, placed, keepGenerations ?? 0), options),
      name === undefined ? {} : { owns: (path) => path.startsWith(`${folderName(name)}/`) },
    );
    if (recordsConstructs(this)) recordConstructs(this.outdir, name ?? '', placed, clusters);
  }

  /** `images.lock.yaml` in the current folder, that of cdk8s.yaml for every command that runs the app. */
  private readImageLock(): void {
    try {
      setImageLock(this, readImageLock(process.cwd()));
    } catch (error) {
      if (!(error instanceof SeaworthyError)) throw error;
      for (const { source, ...problem } of error.problems)
        report(this, { ...problem, message: `${source ?? problem.place ?? ''}: ${problem.message}` });
    }
  }

  /** All objects as one YAML stream. */
  override synthYaml(): string {
    return synth(this).toYaml();
  }
}

/** Whether cdk8s's command line asks where objects come from, for its validation plugins: cdk8s's App hears it. */
function recordsConstructs(app: Cdk8sApp): boolean {
  return (app as unknown as { readonly recordConstructMetadata?: boolean }).recordConstructMetadata === true;
}
