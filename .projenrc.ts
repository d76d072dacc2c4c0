import { cdk8s, javascript, typescript } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-canary',
  description: 'Canary releases as one typed declaration: every manifest for Istio and friends, from a cdk8s app',
  author: 'cdk8s-canary authors',
  authorAddress: 'cdk8s-canary@users.noreply.github.com',
  repositoryUrl: 'https://github.com/cdk8s-canary/cdk8s-canary.git',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  stability: 'experimental',
  keywords: ['canary', 'cdk8s', 'istio', 'kubernetes', 'service-mesh', 'traffic-splitting'],

  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),
  minNodeVersion: '20.16.0',
  jsiiVersion: '~5.9.0',
  typescriptVersion: '~5.9.0',
  cdk8sVersion: '2.70.0',
  constructsVersion: '10.5.0',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  bundledDeps: ['commander@^14', 're2js@^2.10.0', 'yaml@^2.9.1'],
  devDeps: ['@swc/core@1.16.18', '@swc/jest@^0.2.39', 'cdk8s-cli@^2.207.60', 'fast-check@^4.10.2', 'playwright-core@^1.65.1', 'tsx@^4.23.15'],

  // `imports/` stands beside `src/`, so that nobody takes generated code for ours.
  entrypoint: 'lib/src/index.js',
  tsconfig: { compilerOptions: { rootDir: '.', outDir: 'lib' }, include: ['imports/**/*.ts'] },
  sampleCode: false,

  publishToPypi: { distName: 'cdk8s-canary', module: 'cdk8s_canary' },
  publishToMaven: { javaPackage: 'io.github.cdk8scanary', mavenGroupId: 'io.github.cdk8s-canary', mavenArtifactId: 'cdk8s-canary' },
  publishToGo: { moduleName: 'github.com/cdk8s-canary/cdk8s-canary-go' },
  github: false,
  release: false,
  depsUpgrade: false,

  eslintOptions: { dirs: ['src'], devdirs: ['bench', 'examples', 'scripts', 'test'], commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] } },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    coverageText: false,
    jestConfig: {
      collectCoverage: false,
      transform: { '^.+\\.ts$': new javascript.Transform('@swc/jest') },
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      setupFiles: ['<rootDir>/test/setup.ts'],
    },
    configFilePath: 'jest.config.json',
  },
  gitignore: ['/dist/', '/.cache/', '*.tsbuildinfo', '/examples/*/dist/'],
});

project.testTask.reset();
project.testTask.spawn(project.compileTask);
project.testTask.exec('tsx scripts/check-assembly.ts', { name: 'the assembly holds what every language can use' });
project.testTask.exec('tsc --noEmit -p test/tsconfig.json && tsc --noEmit -p examples/tsconfig.json && tsc --noEmit -p scripts/tsconfig.json && tsc --noEmit -p bench/tsconfig.json', { name: 'type-check tests, examples, scripts and benchmarks' });
project.testTask.exec('jest --ci', { receiveArgs: true });
project.testTask.spawn(project.tasks.tryFind('eslint')!);

// The library promises Node 20; that it is out of support is the user's to know, not each build's to print.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

project.eslint!.config.settings['import/resolver'].typescript.project = ['tsconfig.json', 'examples/tsconfig.json', 'test/tsconfig.json'];

project.addTask('synth', {
  description: 'Synthesizes every stage of every example into dist/examples and prints what was made',
  exec: 'tsx scripts/synth-examples.ts',
});
project.addTask('import', {
  description: 'Makes imports/ anew from CRDs: `npm run import -- istio=crds.yaml`, or from the public origins in cdk8s.yaml',
  exec: 'tsx scripts/import-crds.ts',
  receiveArgs: true,
});
project.addTask('docs:meshes', {
  description: 'Writes docs/meshes.md, the table of what each mesh can do',
  exec: 'tsx scripts/mesh-matrix.ts',
});
project.addTask('bench', {
  description: 'Runs a benchmark: `npm run bench -- synthesis`, `start` or `tools`, see bench/README.md',
  exec: 'tsx bench/run.ts',
  receiveArgs: true,
});
project.addTask('check:python', {
  description: 'Builds the package for Python and compares what bookinfo declares there with TypeScript, byte for byte',
  exec: 'bash scripts/check-python.sh',
});
project.addTask('check:browser', {
  description: 'Looks at the page of `canary plan` with Chromium, at the width of a desk and of a telephone: from PATH, or CHROME_PATH',
  exec: 'tsx scripts/check-browser/main.ts',
  receiveArgs: true,
});

project.npmignore!.exclude('/.ci/', '/bench/', '/cdk8s.yaml', '/docs/', '/examples/', '/imports/', '/scripts/');

// JsiiProject takes the types for beside lib/index.js; the entry point is one folder deeper.
project.package.addField('types', 'lib/src/index.d.ts');
// What TypeScript and JavaScript alone can use has entries of its own; jsii and its tools look for the other files.
project.package.addField('exports', {
  '.': { types: './lib/src/index.d.ts', default: './lib/src/index.js' },
  './jest': { types: './jest.d.ts', default: './jest.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
});
project.addBins({ canary: 'bin/canary' });
project.package.addPackageResolutions('unrs-resolver@1.12.2');
new javascript.NpmConfig(project).addConfig('omit-lockfile-registry-resolved', 'true');

project.synth();
