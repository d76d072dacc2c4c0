import { basename } from 'node:path';
import { App, AppProps } from 'cdk8s';
import { outputsOf } from './synthesis/layout';
import { writeOutputs } from './synthesis/output-folder';
import { Synthesis } from './synthesis/synthesis';
import { YamlWriter } from './synthesis/yaml-writer';

/**
 * Properties of `CanaryApp`: those of cdk8s's `App`, with the same defaults, and the name.
 */
export interface CanaryAppProps extends AppProps {
  /**
   * Tells apart apps that write into one folder. Each removes only the files that an app of its own name wrote before.
   *
   * @default - the name of the file that Node runs, such as `main.ts`. In Python, Java and Go that is the same for all programs: name them if
   * several write into one folder.
   */
  readonly name?: string;
}

/**
 * A cdk8s `App` that writes the same bytes, in time that grows with the number of charts and not with its square, and writes all files or none.
 *
 * Every construct is validated once. If that finds something, or if rendering or writing fails, the output folder stays as it was.
 * Files that the previous synthesis wrote and this one does not are removed, unless somebody has changed them since. What was written is kept
 * in a file without ending (`.main.ts.cdk8s-canary`) in the output folder, in the format of `sha256sum`. All other files are left alone.
 *
 * As with cdk8s, resources of one kind and name share a file with `YamlOutputType.FILE_PER_RESOURCE`, whatever their namespaces, and only the
 * last one is kept. That is said on the standard error output.
 */
export class CanaryApp extends App {
  private readonly name: string;
  private readonly recordsMetadata: boolean;
  private readonly writer = Symbol('app');

  /**
   * Defines an app.
   *
   * @param props as for cdk8s's `App`
   */
  public constructor(props: CanaryAppProps = {}) {
    super(props);
    this.name = props.name ?? basename(process.argv[1] ?? 'app');
    this.recordsMetadata = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
  }

  /**
   * Writes all manifests into the output folder, or throws and writes none.
   */
  public synth(): void {
    const synthesis = new Synthesis(this);
    writeOutputs({ folder: this.outdir, app: this.name, writer: this.writer }, outputsOf(this, synthesis, this.recordsMetadata));
  }

  /**
   * All manifests as one text; nothing is written.
   *
   * @returns YAML documents, divided by `---`
   */
  public synthYaml(): string {
    const synthesis = new Synthesis(this);
    return new YamlWriter().stringify(synthesis.charts.flatMap((chart) => synthesis.manifests(chart)));
  }
}
