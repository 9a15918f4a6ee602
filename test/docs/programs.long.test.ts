import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { programs, ROOT } from './programs';

test('every program on the pages passes the compiler', () => {
  const files = new Map(
    programs.map(({ name, code }) => [join(ROOT, 'docs', `${name.replace(/\W/g, '-')}.ts`), code]),
  );
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'))
    .config as object;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  host.readFile = (path) => files.get(path) ?? read(path);
  const exists = host.fileExists.bind(host);
  host.fileExists = (path) => files.has(path) || exists(path);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) => {
    const code = files.get(path);
    return code === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, code, ts.ScriptTarget.ES2022);
  };
  // Programs on a page do not have to use all that they make.
  const program = ts.createProgram(
    [...files.keys()],
    { ...options, noEmit: true, noUnusedLocals: false, types: ['node'] },
    host,
  );
  const diagnostics = [...files.keys()].flatMap((path) => [
    ...ts.getPreEmitDiagnostics(program, program.getSourceFile(path)),
  ]);
  const messages = diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  // Constructs of cdk8s-plus do not implement its own interfaces with this option.
  const ofPlus = /not assignable to (?:parameter of )?type 'I\w+' with 'exactOptionalPropertyTypes: true'/;
  expect(messages.filter((message) => !ofPlus.test(message))).toEqual([]);
});
