import { execFile } from 'node:child_process';
import { parse } from 'node:path';

/** Seconds. Kustomize takes milliseconds. */
const LONGEST = 60;
const LARGEST = 2 ** 28;

/** No program may be reached through these: the settings of a folder choose no machine that is asked. */
const OFFLINE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [
      [name, 'http://127.0.0.1:9'],
      [name.toUpperCase(), 'http://127.0.0.1:9'],
    ]),
  ),
  no_proxy: '',
  NO_PROXY: '',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_TERMINAL_PROMPT: '0',
  KUBECTL_KUBERC: 'false',
};

export type Built =
  | { readonly yaml: string }
  /** What kubectl says. */
  | { readonly failure: string }
  | { readonly isMissing: true };

/**
 * What `kubectl kustomize` makes of a folder: with its own restrictions on what is loaded, no plugins, no Helm, and no
 * network.
 *
 * @param folder absolute
 */
export function build(folder: string, env: NodeJS.ProcessEnv): Promise<Built> {
  const options = {
    // No program of the folder is taken for kubectl.
    cwd: parse(folder).root,
    env: { ...env, ...OFFLINE },
    timeout: LONGEST * 1000,
    maxBuffer: LARGEST,
    windowsHide: true,
  };
  return new Promise((done) => {
    execFile('kubectl', ['kustomize', folder], options, (error, stdout, stderr) => {
      if (error === null) done({ yaml: stdout });
      else if ((error as NodeJS.ErrnoException).code === 'ENOENT') done({ isMissing: true });
      else if (error.killed === true) done({ failure: `no result within ${LONGEST} seconds` });
      else done({ failure: firstOf(stderr, folder) });
    });
  });
}

/** The first sentence of kubectl's error, without the parts of documents that it repeats in brackets. */
function firstOf(stderr: string, folder: string): string {
  const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const line = lines.find((each) => /^error: | err="/.test(each)) ?? lines[0] ?? 'kubectl failed';
  // The form of klog: a head, and the error in quotes.
  const quoted = / err="((?:[^"\\]|\\.)*)"/.exec(line)?.[1]?.replaceAll('\\"', '"');
  const block = / err=<$/.test(line) ? lines[lines.indexOf(line) + 1]?.trim() : undefined;
  const said = (quoted ?? block ?? line).slice(0, 1000);
  return (
    said
      // Each failure of a file ends so: Kustomize also tries it as a folder.
      .replace(/: must build at directory: '[^']*': file is not directory/g, '')
      .replace(/^error: /, '')
      .replaceAll(`${folder}/`, '')
      .replace(/[[{][^\]}]*[\s:][^\]}]*[\]}]*/g, '…')
      .slice(0, 300)
  );
}
