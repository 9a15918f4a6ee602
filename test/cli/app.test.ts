import { chmodSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { appOf, filesIn, folderWith, projectOf, read, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const GOOD = appOf(['-/web/a']);

/** A project that was synthesized once. */
let good: string;
beforeAll(async () => {
  good = projectOf(GOOD);
  await seaworthy(good, ['synth']);
});

/** Runs an app that goes wrong over an output that an earlier run wrote, which must survive. */
async function failing(
  main: string,
  argv: readonly string[] = [],
  files: Readonly<Record<string, string>> = {},
) {
  const project = folderWith({});
  cpSync(good, project, { recursive: true });
  const before = read(project, 'dist/web.yaml');
  for (const [file, text] of Object.entries({ 'main.js': main, ...files }))
    writeFileSync(join(project, file), text);
  const answer = await seaworthy(project, ['synth', ...argv]);
  expect(read(project, 'dist/web.yaml')).toBe(before);
  expect(filesIn(join(project, 'dist'))).toEqual(['web.yaml']);
  expect(answer.stdout).toBe('');
  return { ...answer, project };
}

describe('an app that throws', () => {
  it('is reported with the line, and without a stack dump', async () => {
    const { code, stderr } = await failing('const port = undefined;\n\nport.number;\n');
    expect(code).toBe(2);
    expect(stderr).toBe(
      "error: the app threw TypeError: Cannot read properties of undefined (reading 'number') [APP_FAILED]\n" +
        '    1 | const port = undefined;\n    2 |\n  > 3 | port.number;\n    4 |\n  at main.js:3\n',
    );
  });

  it('is reported with the line of a TypeScript file, below types that no longer exist when it runs', async () => {
    const main =
      'interface Port {\n  number: number;\n}\n\nasync function start(): Promise<Port> {\n  throw new RangeError("no");\n}\nvoid start();\n';
    const { code, stderr } = await failing('', ['--app', 'jiti main.ts'], { 'main.ts': main });
    expect(code).toBe(2);
    expect(stderr).toContain('the app threw RangeError: no [APP_FAILED]');
    expect(stderr).toContain('  > 6 |   throw new RangeError("no");');
    expect(stderr).toContain('  at main.ts:6\n');
  });

  it('is reported with the line of its source where a compiler left a source map', async () => {
    // Line 1 of the compiled file comes from line 3 of src/app.ts.
    const map = { version: 3, sources: ['src/app.ts'], names: [], mappings: 'AAEA' };
    const { stderr } = await failing('throw new Error("no");\n//# sourceMappingURL=main.js.map\n', [], {
      'main.js.map': JSON.stringify(map),
    });
    expect(stderr).toContain('  at src/app.ts:3\n');
  });

  it('is reported with its own line when a library threw', async () => {
    const project = projectOf('require("lib").render(\n  { depth: 20 },\n);\n');
    mkdirSync(join(project, 'node_modules', 'lib'), { recursive: true });
    const deep = 'exports.render = (n) => n.depth-- > 0 ? exports.render(n) : null.x;\n';
    writeFileSync(join(project, 'node_modules', 'lib', 'index.js'), deep);
    expect((await seaworthy(project, ['synth'])).stderr).toContain('  at main.js:1\n');
  });

  it('tells what caused the error', async () => {
    const { stderr } = await failing('throw new Error("outer", { cause: new Error("inner") });');
    expect(stderr).toContain('the app threw Error: outer\n    caused by Error: inner [APP_FAILED]');
  });

  it('is reported when what it throws is no Error', async () => {
    expect((await failing('throw { reason: "no" };')).stderr).toContain(
      "the app threw { reason: 'no' } [APP_FAILED]",
    );
  });

  it('is reported after an await, too', async () => {
    const { code, stderr } = await failing(
      'async function f() { await null; throw new Error("late"); }\nf();',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('late [APP_FAILED]');
    expect(stderr).toContain('at main.js:1');
  });

  it.each([
    ['main.js', 'const x = ;', 'node main.js'],
    ['main.ts', 'const x: string = ;', 'main.ts'],
  ])('with a syntax error in %s is reported with its line', async (file, text, app) => {
    const { code, stderr } = await failing('', ['--app', app], { [file]: `// one\n${text}\n` });
    expect(code).toBe(2);
    expect(stderr).toContain('Unexpected token');
    expect(stderr).toContain(`  > 2 | ${text}`);
    expect(stderr).toContain(`  at ${file}:2`);
  });

  it('shows where a module has a syntax error, which Node alone knows', async () => {
    const { stderr } = await failing('', ['--app', 'node main.mjs'], { 'main.mjs': '// one\nconst x = ;\n' });
    expect(stderr).toContain('main.mjs:2');
    expect(stderr).toContain('[APP_FAILED]');
  });

  it('is told to install a package that it misses', async () => {
    const { stderr } = await failing('require("no-such-package");');
    expect(stderr).toContain("Cannot find module 'no-such-package'");
    expect(stderr).toContain('Is no-such-package installed? Run npm install.');
    expect(stderr).toContain('at main.js:1');
  });
});

describe('an app that throws a SeaworthyError', () => {
  const THROW = `class SeaworthyError extends Error {
    name = 'SeaworthyError';
    constructor(...problems) { super(''); this.problems = problems; }
  }
`;

  it('has its problems printed as they are', async () => {
    const { code, stderr } = await failing(`${THROW}throw new SeaworthyError(
      { code: 'INVALID_PORT', message: 'no port', place: 'shop/b', path: 'port', hint: 'Name one.', source: 'b.ts:2' },
      { code: 'INVALID_NAME', message: 'no name', place: 'shop/a' });`);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'error: shop/a: no name [INVALID_NAME]\n' +
        'error: shop/b port: no port [INVALID_PORT]\n  Name one.\n  at b.ts:2\n2 problems\n',
    );
  });

  it('gets the line that threw when there is one problem that names none', async () => {
    const { stderr } = await failing(
      `${THROW}throw new SeaworthyError({ code: 'INVALID_PORT', message: 'no port' });`,
    );
    expect(stderr).toBe('error: no port [INVALID_PORT]\n  at main.js:5\n');
  });
});

describe('an app that ends badly', () => {
  it('is reported with its exit code, after what it said', async () => {
    const { code, stderr } = await failing('process.stderr.write("half a line"); process.exit(3);');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^half a line\nerror: .*: the app exited with code 3 \(node main\.js\) \[APP_FAILED\]\n/,
    );
    expect(stderr).toContain('Its output is shown above.');
  });

  it('is reported with the signal that ended it', async () => {
    const { code, stderr } = await failing('process.kill(process.pid, "SIGKILL");');
    expect(code).toBe(2);
    expect(stderr).toContain('the app was killed by SIGKILL');
    expect(stderr).toContain('run out of memory');
  });

  it('is reported even though it had synthesized', async () => {
    const { code, stderr } = await failing(`${appOf(['-/other/b'])}process.exitCode = 1;`);
    expect(code).toBe(2);
    expect(stderr).toContain('the app exited with code 1');
  });

  it('is reported when it ended in the middle of handing over', async () => {
    const { code, stderr } = await failing(`
      const { writeFileSync } = require('node:fs');
      writeFileSync(process.env.SEAWORTHY_RESULTS + '/app-0001.ndjson', '{}\\n{"object":{"apiVersion":"v1"');`);
    expect(code).toBe(2);
    expect(stderr).toContain('the app ended before all its manifests were handed over [APP_FAILED]');
  });

  it('may handle its own errors', async () => {
    const project = projectOf(
      `process.on('uncaughtException', () => {});\nsetTimeout(() => { throw 1; });\n${GOOD}`,
    );
    expect((await seaworthy(project, ['synth'])).code).toBe(0);
  });
});

it('an app that never calls synth is told to', async () => {
  const { code, stderr } = await failing('');
  expect(code).toBe(2);
  expect(stderr).toContain('"node main.js" ended without synthesizing anything [APP_SILENT]');
  expect(stderr).toContain('Call app.synth() at its end.');
});

describe('an app that hangs', () => {
  it('is ended with all that it started', async () => {
    const main = `
      const { spawn } = require('node:child_process');
      const beat = 'setInterval(() => require("node:fs").appendFileSync("beats", "."), 20)';
      spawn(process.execPath, ['-e', beat], { stdio: 'inherit' });
      setInterval(() => {}, 1000);`;
    const { code, stderr, project } = await failing(main, ['--timeout', '1']);
    expect(code).toBe(2);
    expect(stderr).toContain('did not end within 1 second and was killed [APP_TIMEOUT]');
    expect(stderr).toContain('Raise the limit with --timeout');
    const beats = read(project, 'beats');
    await delay(200);
    expect(beats).not.toBe('');
    expect(read(project, 'beats')).toBe(beats);
  });

  it('is ended even when it does not want to', async () => {
    const { code, stderr } = await failing('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);', [
      '--timeout',
      '0.3',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('[APP_TIMEOUT]');
  });

  it('is told what it is when only its end is missing', async () => {
    const { stderr } = await failing(`${appOf(['-/b/b'])}setInterval(() => {}, 1000);`, ['--timeout', '0.5']);
    expect(stderr).toContain('It has synthesized, but something keeps it running');
  });

  it('takes its time from cdk8s.yaml', async () => {
    const project = projectOf(
      'setInterval(() => {}, 1000)',
      'app: node main.js\nseaworthy: { timeout: 0.2 }\n',
    );
    expect((await seaworthy(project, ['synth'])).stderr).toContain('did not end within 0.2 seconds');
  });

  it('does not keep us waiting for what it leaves behind', async () => {
    const project = projectOf(`${GOOD}
      require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' }).unref();`);
    const start = performance.now();
    expect((await seaworthy(project, ['synth'])).code).toBe(0);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('ends when the user interrupts', async () => {
    const project = projectOf('require("fs").writeFileSync("started", ""); setInterval(() => {}, 1000);');
    const interrupt = new AbortController();
    const running = seaworthy(project, ['synth'], { signal: interrupt.signal });
    while (!filesIn(project).includes('started')) await delay(10);
    interrupt.abort('SIGTERM');
    expect(await running).toEqual({ code: 143, stdout: '', stderr: '' });
  });
});

it('an app that runs the command line on its own project does not go round for ever', async () => {
  const project = projectOf('');
  const env = { SEAWORTHY_PROJECT: project };
  const { code, stderr } = await seaworthy(project, ['synth'], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('runs seaworthy on this project');
});

it('a missing folder for temporary files is named', async () => {
  const { code, stderr } = await seaworthy(projectOf(GOOD), ['synth'], {
    env: { TMPDIR: '/no/such/folder' },
  });
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^error: \/no\/such\/folder: cannot create a temporary folder: .*\[OUTPUT_UNWRITABLE\]/,
  );
});

describe('an app that prints', () => {
  it('prints to stderr, which is said once', async () => {
    const project = projectOf(`console.log('one'); console.log('two');\n${GOOD}`);
    const { stdout, stderr } = await seaworthy(project, ['list', '--output', 'json']);
    expect(JSON.parse(stdout)).toHaveProperty('apps');
    expect(stderr).toBe('Output of the app:\none\ntwo\n');
  });
});

describe('a command that is not there', () => {
  it.each([
    ['a program', 'no-such-program main.js'],
    ['a program, for a shell', 'no-such-program "main.js"'],
    ['a script for Node', 'node gone.js'],
    ['a script in another folder', 'node src/gone.js'],
    ['a script for jiti without an ending', 'jiti gone'],
  ])('is reported: %s', async (_, app) => {
    const { code, stderr } = await failing('', ['--app', app]);
    expect(code).toBe(2);
    expect(stderr).toContain('[APP_NOT_FOUND]');
    expect(stderr).toContain(`(\`app\` in cdk8s.yaml, or --app): "${app}"`);
  });

  it('suggests the file that was meant', async () => {
    const { stderr } = await failing('', ['--app', 'src/mian.ts'], { 'main.ts': '' });
    expect(stderr).toContain('file src/mian.ts not found [APP_NOT_FOUND]');
    expect((await failing('', ['--app', 'mian.ts'], { 'main.ts': '' })).stderr).toContain(
      'Did you mean main.ts?',
    );
  });
});

describe('the ways to run an app', () => {
  const TYPESCRIPT = `const host: { receive(x: object): void } = (globalThis as any)[Symbol.for('seaworthy.host')];
    host.receive({ outdir: process.env.CDK8S_OUTDIR, manifests: [{ object: { apiVersion: 'v1', kind: 'ConfigMap',
      metadata: { name: process.argv.slice(2).join(' and ').replaceAll(' ', '-') || 'none' } } }] });`;
  const files = {
    'cdk8s.yaml': 'app: jiti main.ts\n',
    'main.ts': TYPESCRIPT,
    'main.mts': `import { sep } from 'node:path'; void sep; await null;\n${TYPESCRIPT}`,
    'main.cts': TYPESCRIPT,
    'my app.ts': TYPESCRIPT,
    'main.js': TYPESCRIPT.replace(/ as any|: \{.*?\} (?==)/g, ''),
    'main.mjs': TYPESCRIPT.replace(/ as any|: \{.*?\} (?==)/g, ''),
  };

  it.each([
    ['main.ts', 'none'],
    ['main.ts one two', 'one-and-two'],
    ['main.mts', 'none'],
    ['main.cts', 'none'],
    ['my app.ts', 'none'],
    ['./main.js', 'none'],
    ['main.mjs', 'none'],
    ['jiti main.ts one', 'one'],
    ['jiti main', 'none'],
    ['node main.js one', 'one'],
    ['node --stack-size=900 main.js', 'none'],
    ['node "main.js" $WORD && true', 'word'],
    ['tool one', 'one'],
    ['npx tool one', 'one'],
    ['tool "one two"', 'one-two'],
  ])('%s', async (app, name) => {
    const folder = folderWith(files);
    const tool = join(folder, 'node_modules', '.bin', 'tool');
    mkdirSync(join(tool, '..'), { recursive: true });
    writeFileSync(tool, `#!/usr/bin/env node\n${files['main.js']}`);
    chmodSync(tool, 0o755);
    const { code, stdout, stderr } = await seaworthy(folder, ['synth', '--stdout', '--app', app], {
      env: { WORD: 'word' },
    });
    expect(stderr).toMatch(/^0 charts, 1 object, in/);
    expect(code).toBe(0);
    expect(stdout).toContain(`name: ${name}\n`);
  });

  // cdk8s sets each variable for its plugins to its own name.
  it('with the environment variables as they are', async () => {
    const main = files['main.js'].replace('process.argv.slice(2)', '[process.env.LEVEL]');
    const env = { LEVEL: 'debug' };
    const { stdout } = await seaworthy(projectOf(main), ['synth', '--stdout'], { env });
    expect(stdout).toContain('name: debug\n');
  });

  it('leaves the options that the user gives to Node', async () => {
    const folder = folderWith({ ...files, 'more options.js': 'process.argv.push("given")' });
    const env = { NODE_OPTIONS: `--require "${join(folder, 'more options.js')}"` };
    const { stdout } = await seaworthy(folder, ['synth', '--stdout'], { env });
    expect(stdout).toContain('name: given\n');
  });

  it('takes apps of several processes, in the order in which they synthesize', async () => {
    const project = projectOf(
      'require("node:child_process").execFileSync("node", ["inner.js"]);\n' + appOf(['-/b/b']),
    );
    writeFileSync(join(project, 'inner.js'), appOf(['-/a/a']));
    const { stdout } = await seaworthy(project, ['list']);
    expect(stdout).toMatch(/^a .*\n.* a .*\nb .*\n.* b .*\n$/);
  });

  it('leaves nothing in the folder for temporary files', async () => {
    const env = { TMPDIR: folderWith({}) };
    await seaworthy(projectOf(GOOD), ['synth'], { env });
    await seaworthy(projectOf('throw 1'), ['synth'], { env });
    await seaworthy(projectOf('setInterval(() => {}, 1000)'), ['synth', '--timeout', '0.1'], { env });
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });
});

it('hands over integers beyond 2^53 with all their digits', async () => {
  const spec = '"spec": { "most": 9223372036854775807n, "even": 2 ** 60 }, "kind":';
  const project = projectOf(GOOD.replace('"kind":', spec));
  const { stdout } = await seaworthy(project, ['synth', '--stdout', '--no-check']);
  expect(stdout).toContain('spec:\n  most: 9223372036854775807\n  even: 1152921504606846976\n');
});
