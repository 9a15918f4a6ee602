import { ownPackage } from '../project/own-package';

/** The dependencies of a new project, in the versions that Seaworthy is tested with. */
export function dependencies() {
  const {
    version,
    dependencies: own,
    peerDependencies,
    peerDependenciesMeta,
    devDependencies,
  } = ownPackage();
  const required = Object.entries(peerDependencies).filter(
    ([name]) => peerDependenciesMeta[name]?.optional !== true,
  );
  const tools = ['@types/jest', '@types/node', 'jest', 'ts-jest', 'typescript'];
  return {
    dependencies: { ...Object.fromEntries(required), seaworthy: `^${version}` },
    devDependencies: {
      ...Object.fromEntries(tools.map((tool) => [tool, devDependencies[tool] ?? '*'])),
      // It runs the app where that is run by others: cdk8s synth looks for it in the project.
      jiti: own['jiti'] ?? '*',
    },
  };
}

/** The files of a new project, by name. */
export function templates(name: string): ReadonlyMap<string, string> {
  return new Map([
    ['package.json', json(packageJson(name))],
    ['tsconfig.json', json(TSCONFIG)],
    ['cdk8s.yaml', CONFIG],
    ['hello.ts', CHART],
    ['main.ts', MAIN],
    ['hello.test.ts', TEST],
    ['README.md', readme(name)],
    ['.gitignore', 'node_modules/\n'],
  ]);
}

function packageJson(name: string) {
  return {
    name,
    version: '0.1.0',
    private: true,
    scripts: { synth: 'seaworthy synth', test: 'tsc && jest' },
    ...dependencies(),
    jest: { preset: 'ts-jest' },
  };
}

/** The files that a project with a package.json gets. */
export function existingTemplates(): Map<string, string> {
  return new Map([
    ['cdk8s.yaml', 'language: typescript\napp: jiti kubernetes/main.ts\noutput: kubernetes/dist\n'],
    ['kubernetes/main.ts', EXISTING_MAIN],
  ]);
}

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    module: 'node16',
    types: ['jest', 'node'],
    strict: true,
    noEmit: true,
    isolatedModules: true,
    skipLibCheck: true,
  },
};

const CONFIG = `language: typescript
app: jiti main.ts
output: dist
`;

const CHART = `import { Chart, WebService } from 'seaworthy';
import type { Construct } from 'constructs';

export interface HelloProps {
  /** Number of web servers. */
  readonly replicas: number;
}

/** Web servers behind a Service. */
export class Hello extends Chart {
  constructor(scope: Construct, id: string, { replicas }: HelloProps) {
    super(scope, id);
    new WebService(this, 'web', {
      image: 'nginxinc/nginx-unprivileged:1.27.3',
      port: 8080,
      replicas,
      resources: { cpu: '50m', memory: { request: '32Mi', limit: '64Mi' } },
      probe: { http: '/' },
    });
  }
}
`;

const MAIN = `import { App } from 'seaworthy';
import { Hello } from './hello';

const app = new App();
new Hello(app, 'hello', { replicas: 2 });
app.synth();
`;

const EXISTING_MAIN = `import { App, Chart, WebService } from 'seaworthy';

const app = new App();
const hello = new Chart(app, 'hello');
new WebService(hello, 'web', {
  image: 'nginxinc/nginx-unprivileged:1.27.3',
  port: 8080,
  replicas: 2,
  resources: { cpu: '50m', memory: { request: '32Mi', limit: '64Mi' } },
  probe: { http: '/' },
});
app.synth();
`;

const TEST = `import { App } from 'seaworthy';
import { match } from 'seaworthy/testing';
import 'seaworthy/testing/jest';
import { Hello } from './hello';

function hello(replicas = 2): Hello {
  return new Hello(new App(), 'hello', { replicas });
}

test('runs two replicas of a pinned image', () => {
  expect(hello()).toHaveResource('Deployment', {
    spec: {
      replicas: 2,
      template: { spec: { containers: match.key('web', { image: match.pattern(/:\\d/) }) } },
    },
  });
});

test('is admitted and has no findings', () => {
  expect(hello()).toBeAdmitted();
  expect(hello()).toHaveNoFindings();
});

test('scales without replacing pods', () => {
  expect(hello(3)).toRollOut(hello(2));
  expect(hello(3)).not.toReplacePods(hello(2));
});
`;

function readme(name: string): string {
  return `# ${name}

Kubernetes manifests from TypeScript, with [cdk8s](https://cdk8s.io) and Seaworthy.

| command | what it does |
|---|---|
| \`npm install\` | installs dependencies |
| \`npm test\` | checks the types and runs the tests |
| \`npx seaworthy check\` | checks the manifests: whether an API server accepts them, whether they fit together, whether they are safe |
| \`npx seaworthy synth\` | runs \`main.ts\` and writes the manifests to \`dist/\` |
| \`npx seaworthy synth --watch\` | runs again after every change |
| \`npx seaworthy list\` | lists the objects with the lines of code that they come from |
| \`kubectl apply -R -f dist/\` | applies the manifests; with environments, apply the folder of each to its cluster |

Commit \`dist/\` with the code, so that reviews show what a change does to the manifests.
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
