import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Dependencies, inferDependencies } from './dependencies';
import { topology } from './topology';

/**
 * One synthesis of an app: what cdk8s does once for each chart is done once here.
 *
 * cdk8s's charts render themselves, and each of them validates the whole app and infers all of its dependencies anew.
 */
export class Synthesis {
  /** The charts in the order in which they are written. */
  public readonly charts: readonly Chart[];

  /** Whether some chart comes after another. */
  public readonly ordered: boolean;

  private readonly validated = new Set<IConstruct>();
  private dependencies: Dependencies;

  /** Validates the app; throws with everything that is wrong. */
  public constructor(private readonly app: App) {
    const constructs = this.validConstructs();
    this.dependencies = inferDependencies(constructs);
    this.ordered = this.dependencies.betweenCharts;
    this.charts = topology(byPath(app, constructs), this.dependencies.after).filter(Chart.isChart);
  }

  /** The objects of a chart without those of charts nested in it, in the order in which they are written. */
  public objects(chart: Chart): ApiObject[] {
    const constructs = chart.node.findAll();
    // Rendering a chart may declare something in a later one.
    if (this.fresh(constructs).length > 0) this.dependencies = inferDependencies(this.validConstructs());
    return topology(constructs, this.dependencies.after).filter(ApiObject.isApiObject).filter((object) => Chart.of(object) === chart);
  }

  /** The manifests of a chart. A chart that renders itself in a way of its own does. */
  public manifests(chart: Chart): unknown[] {
    if (chart.toJson !== Chart.prototype.toJson) return Object.values(chart.toJson());
    return this.objects(chart).map((object): unknown => object.toJson());
  }

  /** All constructs, of which those that are new are validated. A validation may declare something, too. */
  private validConstructs(): IConstruct[] {
    for (let all = this.app.node.findAll(); ; all = this.app.node.findAll()) {
      const fresh = this.fresh(all);
      if (fresh.length === 0) return all;
      this.validate(fresh);
    }
  }

  private fresh(constructs: readonly IConstruct[]): IConstruct[] {
    return constructs.filter((construct) => !this.validated.has(construct));
  }

  private validate(constructs: readonly IConstruct[]): void {
    const errors = constructs.flatMap((construct) => {
      this.validated.add(construct);
      return construct.node.validate().map((error) => `[${construct.node.path}] ${error}`);
    });
    if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
  }
}

/** cdk8s keeps constructs by their paths in an object, and JavaScript puts keys that are numbers first. */
function byPath(app: App, constructs: readonly IConstruct[]): readonly IConstruct[] {
  const numbered = app.node.children.filter(({ node }) => isArrayIndex(node.id));
  return numbered.length === 0 ? constructs : [...new Set([...numbered, ...constructs])];
}

/** @see https://tc39.es/ecma262/#array-index */
function isArrayIndex(key: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
}
