import { App, Chart, Names, YamlOutputType } from 'cdk8s';
import { Synthesis } from './synthesis';
import { YamlWriter } from './yaml-writer';

/** A file, or a folder where there is no content. Of two with the same path the later one counts. */
export interface Output {
  /** Below the output folder, with slashes. */
  readonly path: string;
  readonly content?: string;
}

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name?: string };
}

type Layout = (synthesis: Synthesis, yaml: YamlWriter, extension: string) => Iterable<Output>;

/** What cdk8s writes for each way to divide the output. */
const LAYOUTS: Readonly<Record<YamlOutputType, Layout>> = {
  [YamlOutputType.FILE_PER_APP]: function* (synthesis, yaml, extension) {
    if (synthesis.charts.length === 0) return;
    yield { path: `app${extension}`, content: yaml.stringify(synthesis.charts.flatMap((chart) => synthesis.manifests(chart))) };
  },

  [YamlOutputType.FILE_PER_CHART]: function* (synthesis, yaml, extension) {
    for (const [index, chart] of synthesis.charts.entries()) {
      yield { path: `${chartName(synthesis, chart, index)}${extension}`, content: yaml.stringify(synthesis.manifests(chart)) };
    }
  },

  [YamlOutputType.FILE_PER_RESOURCE]: function* (synthesis, yaml, extension) {
    for (const chart of synthesis.charts) {
      for (const manifest of synthesis.manifests(chart)) {
        if (manifest !== undefined) yield { path: `${resourceName(manifest as Named)}${extension}`, content: yaml.stringify([manifest]) };
      }
    }
  },

  [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE]: function* (synthesis, yaml, extension) {
    for (const [index, chart] of synthesis.charts.entries()) {
      const folder = chartName(synthesis, chart, index);
      yield { path: folder };
      for (const object of synthesis.objects(chart)) {
        yield { path: `${folder}/${resourceName(object)}${extension}`, content: yaml.stringify([object.toJson()]) };
      }
    }
  },
};

const KNOWN = Object.values(YamlOutputType).filter((name) => typeof name === 'string');

/** All files and folders of an app, made one after the other. */
export function* outputsOf(app: App, synthesis: Synthesis, recordConstructMetadata: boolean): Iterable<Output> {
  const layout = LAYOUTS[app.yamlOutputType];
  if (!layout) throw new Error(`unknown yamlOutputType "${app.yamlOutputType}", expected one of ${KNOWN.join(', ')}`);
  yield* layout(synthesis, new YamlWriter(), app.outputFileExtension);
  if (recordConstructMetadata) yield constructMetadata(synthesis);
}

function chartName(synthesis: Synthesis, chart: Chart, index: number): string {
  const name = Names.toDnsLabel(chart);
  return synthesis.ordered ? `${String(index).padStart(4, '0')}-${name}` : name;
}

function resourceName({ kind, metadata }: Named): string {
  return `${kind}.${metadata.name}`.replace(/[^\w.-]/g, '');
}

/** cdk8s records a path by the name of an object alone, so that of several with one name the last stays; each has a key of its own beside that. */
function constructMetadata(synthesis: Synthesis): Output {
  const resources: Record<string, { readonly path: string }> = {};
  for (const chart of synthesis.charts) {
    for (const object of synthesis.objects(chart)) {
      resources[object.name] = { path: object.node.path };
      resources[`${object.kind}/${object.metadata.namespace ?? 'default'}/${object.name}`] = { path: object.node.path };
    }
  }
  return { path: 'construct-metadata.json', content: JSON.stringify({ version: '1.0.0', resources }) };
}
