import { ApiObject, App, Chart, IResolver, JsonPatch, Lazy, ResolutionContext, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';

/** An app as data, to be declared with any class of apps. */
export interface AppData {
  readonly yamlOutputType: YamlOutputType;
  readonly outputFileExtension?: string;
  readonly recordConstructMetadata: boolean;
  readonly resolves: boolean;
  readonly children: readonly NodeData[];
  /** Numbers of constructs, in the order of declaration: the first depends on the second. */
  readonly dependencies: readonly (readonly [number, number])[];
}

interface NodeData {
  readonly type: 'chart' | 'own-chart' | 'construct' | 'object';
  readonly id: string;
  readonly namespace?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly kind: string;
  readonly name?: string;
  readonly spec: unknown;
  readonly lazy: boolean;
  readonly patched: boolean;
  readonly children: readonly NodeData[];
}

/** Ids that are numbers come first in JavaScript's objects; the others need care as names of files. */
const IDS = ['web', 'Web', 'api', 'db', '0', '1', '10', '02', '4294967295', '-1', 'a.b', 'a b', 'ünï', 'default', 'resource', 'x'.repeat(70), 'Röhre/..', '..'];

const SPEC_TEXTS = ['plain', 'yes', '0x1F', '', 'a: b', 'two\nlines\n', '80', '2s', 'e3', 'replace me', '#!/bin/sh\nexec "$@"\n', 'x'.repeat(90)];

const spec = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.constantFrom(...SPEC_TEXTS), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined), tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  map: fc.dictionary(fc.constantFrom('b', 'a', '10', '2', 'yes', 'x y'), tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).map;

const { node } = fc.letrec<{ node: NodeData }>((tie) => ({
  node: fc.record({
    type: fc.constantFrom('chart', 'chart', 'chart', 'own-chart', 'construct', 'object', 'object', 'object'),
    id: fc.constantFrom(...IDS),
    namespace: fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
    labels: fc.option(fc.constant({ team: 'a' }), { nil: undefined }),
    kind: fc.constantFrom('Service', 'CronJob', 'Thing/!'),
    name: fc.option(fc.constantFrom('same', 'other', 'Not A Name', '7'), { nil: undefined }),
    spec,
    lazy: fc.boolean(),
    patched: fc.boolean(),
    children: fc.oneof({ maxDepth: 3, withCrossShrink: true }, fc.constant([]), fc.uniqueArray(tie('node'), { maxLength: 4, selector: ({ id }) => id.replaceAll('/', '--') })),
  }),
}));

/** Constructs of a chart beside charts: only charts, and constructs that hold charts, may stand right below the app. */
function onlyInCharts(data: NodeData, inChart: boolean): NodeData {
  const type = data.type === 'object' && !inChart ? 'chart' : data.type;
  return { ...data, type, children: data.children.map((child) => onlyInCharts(child, inChart || type.endsWith('chart'))) };
}

export const apps: fc.Arbitrary<AppData> = fc.record({
  yamlOutputType: fc.constantFrom(
    YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
  ),
  outputFileExtension: fc.option(fc.constantFrom('.yaml', '.json.yml', ''), { nil: undefined }),
  recordConstructMetadata: fc.boolean(),
  resolves: fc.boolean(),
  children: fc.uniqueArray(node.map((data) => onlyInCharts(data, false)), { maxLength: 5, selector: ({ id }) => id.replaceAll('/', '--') }),
  dependencies: fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 5 }),
});

/** Declares the app, and returns it. */
export function declareApp<T extends App>(AppClass: new (props: ConstructorParameters<typeof App>[0]) => T, data: AppData, outdir: string): T {
  const { yamlOutputType, outputFileExtension, recordConstructMetadata } = data;
  const resolvers = data.resolves ? [new Replacing()] : undefined;
  const app = new AppClass({ outdir, yamlOutputType, outputFileExtension, recordConstructMetadata, resolvers });
  for (const child of data.children) declareNode(app, child);
  const constructs = app.node.findAll().filter(({ node: { scopes } }) => scopes.some(Chart.isChart));
  for (const [source, target] of constructs.length > 0 ? data.dependencies : []) {
    const [from, to] = [source % constructs.length, target % constructs.length];
    // cdk8s loses what depends on itself.
    if (from !== to) constructs[from].node.addDependency(constructs[to]);
  }
  return app;
}

function declareNode(scope: Construct, data: NodeData): void {
  const { id, namespace, labels } = data;
  const construct = {
    'chart': () => new Chart(scope, id, { namespace, labels }),
    'own-chart': () => new OwnChart(scope, id, { namespace, labels }),
    'construct': () => new Construct(scope, id),
    'object': () => declareObject(scope, data),
  }[data.type]();
  for (const child of data.children) declareNode(construct, child);
}

function declareObject(scope: Construct, data: NodeData): ApiObject {
  const { id, kind, name, namespace } = data;
  const body = data.lazy ? Lazy.any({ produce: () => data.spec }) : data.spec;
  const object = new ApiObject(scope, id, { apiVersion: 'example.com/v1', kind, metadata: { name, namespace }, spec: body });
  if (data.patched) object.addJsonPatch(JsonPatch.add('/status', { ready: 'no' }), JsonPatch.add('/metadata/name', 'patched'));
  return object;
}

/** A chart that renders itself in a way of its own. */
class OwnChart extends Chart {
  public toJson(): unknown[] {
    return [...super.toJson(), undefined, { kind: 'Extra', metadata: { name: this.node.path } }];
  }
}

class Replacing implements IResolver {
  public resolve(context: ResolutionContext): void {
    if (context.value === 'replace me') context.replaceValue(`replaced at ${context.key.join('.')}`);
  }
}
