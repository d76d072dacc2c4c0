/* What it takes to read manifests, to decide requests and to lint, by the number of services: `npm run bench -- reading [services...]`. */
import { parseAllDocuments } from 'yaml';
import { printTable } from './table';
import { Lint, Traffic } from 'cdk8s-canary';

const COUNTS = [125, 500, 2000];
const RULES = 10;
const DECISIONS = 10_000;

/** A service of two versions with ten rules: nine objects. Written as text, so that synthesis is not measured. */
function manifestsOf(name: string): string {
  const host = `${name}.shop.svc.cluster.local`;
  const header = (kind: string, apiVersion: string, own = name) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${own}\n  namespace: shop\n`;
  const service = (own: string, selector: string) => `${header('Service', 'v1', own)}spec:\n  selector:\n${selector}  ports:\n    - name: http\n      port: 80\n      targetPort: 8080\n`;
  const versions = ['v1', 'v2'].flatMap((version) => [
    header('ServiceAccount', 'v1', `${name}-${version}`),
    service(`${name}-${version}`, `    app: ${name}\n    version: ${version}\n`),
    `${header('Deployment', 'apps/v1', `${name}-${version}`)}spec:
  replicas: 2
  selector:
    matchLabels: &labels
      app: ${name}
      version: ${version}
  template:
    metadata:
      labels: *labels
    spec:
      serviceAccountName: ${name}-${version}
      containers:
        - name: web
          image: example/web:1
          ports:
            - containerPort: 8080
`,
  ]);
  const to = (subset: string) => `route:\n        - destination:\n            host: ${host}\n            subset: ${subset}\n`;
  const rules = Array.from({ length: RULES - 1 }, (_, index) =>
    `    - match:\n        - headers:\n            x-group-${index}:\n              exact: "yes"\n      ${to(index % 2 === 0 ? 'v2' : 'v1')}`);
  return [
    service(name, `    app: ${name}\n`),
    ...versions,
    `${header('DestinationRule', 'networking.istio.io/v1')}spec:
  host: ${host}
  subsets:
    - name: v1
      labels:
        version: v1
    - name: v2
      labels:
        version: v2
`,
    `${header('VirtualService', 'networking.istio.io/v1')}spec:\n  hosts:\n    - ${host}\n  http:\n${rules.join('')}    - ${to('v1')}`,
  ].join('---\n');
}

function processorSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

function row(count: number): string[] {
  const names = Array.from({ length: count }, (_, index) => `web-${index}`);
  const text = names.map(manifestsOf).join('---\n');
  const parsed = processorSeconds(() => parseAllDocuments(text).map((document) => document.toJS() as unknown));
  let traffic!: Traffic;
  const read = processorSeconds(() => { traffic = Traffic.fromYaml(text); });
  const ask = (name: string) => traffic.decide({ host: `${name}.shop`, headers: { 'x-group-7': 'yes' } });
  const first = processorSeconds(() => names.forEach(ask));
  const decided = processorSeconds(() => Array.from({ length: DECISIONS }, (_, index) => ask(names[index % count])));
  const linted = processorSeconds(() => Lint.check(traffic));
  const objects = count * 9;
  return [
    `${count}`, `${objects}`, parsed.toFixed(2), read.toFixed(2), `${(read / parsed).toFixed(2)}×`, (1000 * first / count).toFixed(2),
    (1000 * decided / DECISIONS).toFixed(3), linted.toFixed(2), (1000 * linted / objects).toFixed(3),
  ];
}

export function benchReading(args: readonly string[]): void {
  const counts = args.length > 0 ? args.map(Number) : COUNTS;
  printTable(
    ['services', 'objects', 'yaml alone s', 'read s', 'of yaml alone', 'first decision ms', 'decision ms', 'lint s', 'lint ms an object'],
    counts.map(row),
  );
  console.log(`\nProcessor time. Each service has ${RULES} rules; ${DECISIONS} decisions over all services after the first of each.`);
}
