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
    this.dependencies = this.look();
    this.ordered = this.dependencies.betweenCharts;
    this.charts = topology(byPath(app), this.dependencies.after).filter(Chart.isChart);
  }

  /** The objects of a chart without those of charts nested in it, in the order in which they are written. */
  public objects(chart: Chart): ApiObject[] {
    const constructs = chart.node.findAll();
    // Rendering a chart may declare something in a later one.
    if (constructs.some((construct) => !this.validated.has(construct))) this.dependencies = this.look();
    return topology(constructs, this.dependencies.after).filter(ApiObject.isApiObject).filter((object) => Chart.of(object) === chart);
  }

  /** The manifests of a chart. A chart that renders itself in a way of its own does. */
  public manifests(chart: Chart): unknown[] {
    if (chart.toJson !== Chart.prototype.toJson) return Object.values(chart.toJson());
    return this.objects(chart).map((object): unknown => object.toJson());
  }

  /** Validates what was not yet, and infers the dependencies of all. */
  private look(): Dependencies {
    for (let fresh = this.fresh(); fresh.length > 0; fresh = this.fresh()) this.validate(fresh);
    return inferDependencies(this.app.node.findAll());
  }

  /** A validation may declare something, too. */
  private fresh(): IConstruct[] {
    return this.app.node.findAll().filter((construct) => !this.validated.has(construct));
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
function byPath(app: App): IConstruct[] {
  const constructs = app.node.findAll();
  const numbered = constructs.filter((construct) => construct.node.scope === app && isArrayIndex(construct.node.id));
  return numbered.length === 0 ? constructs : [...new Set([...numbered, ...constructs])];
}

/** @see https://tc39.es/ecma262/#array-index */
function isArrayIndex(key: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
}
