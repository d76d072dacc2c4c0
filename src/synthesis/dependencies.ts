import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** Objects that others come after all together, so that two charts of many objects need no arrow between each pair. */
export class Bundle {
  public constructor(public readonly objects: ReadonlySet<IConstruct>) {}
}

export type Vertex = IConstruct | Bundle;

/** What an app's constructs come after. */
export interface Dependencies {
  /** In the order in which they were declared; that decides ties. */
  readonly after: ReadonlyMap<Vertex, ReadonlySet<Vertex>>;
  /** Whether some chart comes after another: cdk8s numbers the files then. */
  readonly betweenCharts: boolean;
}

/**
 * Infers from what was declared what the app's order has to keep, as cdk8s does: a chart comes after its nested charts and after the charts
 * that its constructs depend on; the objects of a construct come after those of the construct that it depends on.
 *
 * @param constructs all of the app, parents first
 */
export function inferDependencies(constructs: readonly IConstruct[]): Dependencies {
  const inferred = new Inferred(constructs);
  inferred.addNestedCharts();
  inferred.addChartsOfConstructs();
  inferred.addObjectsOfConstructs();
  return inferred;
}

class Inferred implements Dependencies {
  public readonly after = new Map<Vertex, Set<Vertex>>();
  public betweenCharts = false;
  private readonly bundles = new Map<IConstruct, Bundle>();

  public constructor(private readonly constructs: readonly IConstruct[]) {
    for (const construct of constructs) {
      for (const target of construct.node.dependencies) this.add(construct, target);
    }
  }

  public addNestedCharts(): void {
    for (const chart of this.constructs.filter(Chart.isChart)) {
      for (const nested of chart.node.children.filter(Chart.isChart)) this.addBetweenCharts(chart, nested);
    }
  }

  public addChartsOfConstructs(): void {
    for (const { source, target } of this.pairs()) {
      const charts = { source: Chart.of(source), target: Chart.of(target) };
      if (charts.source !== charts.target) this.addBetweenCharts(charts.source, charts.target);
    }
  }

  public addObjectsOfConstructs(): void {
    for (const { source, target } of this.pairs()) {
      const targets = this.bundle(target);
      for (const object of this.bundle(source).objects) this.add(object, withoutItself(targets, object));
    }
  }

  private addBetweenCharts(source: Chart, target: Chart): void {
    this.add(source, target);
    this.betweenCharts = true;
  }

  private add(source: IConstruct, target: Vertex): void {
    const known = this.after.get(source);
    if (known) known.add(target);
    else this.after.set(source, new Set([target]));
  }

  /** What was declared or inferred until now, by the order of the tree. */
  private pairs(): { readonly source: IConstruct; readonly target: IConstruct }[] {
    return this.constructs.filter((source) => this.after.has(source))
      .flatMap((source) => [...this.after.get(source)!].flatMap((target) => (target instanceof Bundle ? [] : [{ source, target }])));
  }

  /** The objects of a construct, except those in charts nested below it. */
  private bundle(construct: IConstruct): Bundle {
    const known = this.bundles.get(construct);
    if (known) return known;
    const chart = Chart.of(construct);
    const bundle = new Bundle(new Set(construct.node.findAll().filter((below) => ApiObject.isApiObject(below) && Chart.of(below) === chart)));
    this.bundles.set(construct, bundle);
    return bundle;
  }
}

/** A construct may depend on one that it stands in, or that stands in it; its objects do not come after themselves. */
function withoutItself(bundle: Bundle, object: IConstruct): Bundle {
  return bundle.objects.has(object) ? new Bundle(new Set([...bundle.objects].filter((other) => other !== object))) : bundle;
}
