import { Writable } from 'node:stream';
import { Terminal, type Output } from './terminal';

function terminal(columns: number): { readonly terminal: Terminal; readonly written: string[] } {
  const written: string[] = [];
  const write = (chunk: unknown, _: unknown, done: () => void): void => {
    written.push(String(chunk));
    done();
  };
  const stderr = Object.assign(new Writable({ write }), { isTTY: true, columns }) as Output;
  const io = { stdout: new Writable({ write }), stderr, env: { NO_COLOR: '1' }, cwd: '/' };
  return { terminal: new Terminal(io), written };
}

it('draws lines in place of those before them, in one write', () => {
  const { terminal: drawn, written } = terminal(20);
  drawn.draw(['one', 'two']);
  drawn.draw(['three']);
  drawn.say('done');
  expect(written).toEqual([
    'one\u001b[K\ntwo\u001b[K\u001b[J',
    '\r\u001b[1Athree\u001b[K\u001b[J',
    '\r\u001b[J',
    'done\n',
  ]);
});

it('removes all rows of a line that a narrower terminal has broken', () => {
  const { terminal: drawn, written } = terminal(5);
  drawn.draw(['日本語', '\u001b[31mred\u001b[39m']);
  drawn.clear();
  expect(written.at(-1)).toBe('\r\u001b[2A\u001b[J');
});

it('takes a terminal that does not say how wide it is for one of 80 columns', () => {
  const { terminal: drawn, written } = terminal(0);
  expect(drawn.screen).toEqual({ columns: 80, rows: 24 });
  drawn.draw(['x'.repeat(81)]);
  drawn.clear();
  expect(written.at(-1)).toBe('\r\u001b[1A\u001b[J');
});

it('draws nothing where there is no terminal', () => {
  const { written } = terminal(20);
  const write = (chunk: unknown, _: unknown, done: () => void): void => {
    written.push(String(chunk));
    done();
  };
  const io = { stdout: new Writable({ write }), stderr: new Writable({ write }), env: {}, cwd: '/' };
  new Terminal(io).draw(['one']);
  expect(written).toEqual([]);
});
