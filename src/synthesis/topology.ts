import { IConstruct } from 'constructs';
import { Bundle, Dependencies, Vertex } from './dependencies';

type After = Dependencies['after'];

interface Visit {
  readonly vertex: Vertex;
  readonly next: Iterator<Vertex>;
}

/**
 * Sorts constructs so that each comes after what it depends on, with ties decided as cdk8s does: those that nothing depends on are taken
 * in the given order, each behind all that it needs. Takes each dependency once; what lies outside of the given constructs does not count.
 */
export function topology(constructs: readonly IConstruct[], after: After): IConstruct[] {
  if (!constructs.some((construct) => after.has(construct))) return [...constructs];
  const graph = new Graph(constructs, after);
  const needed = graph.needed();
  for (const construct of constructs) {
    if (!needed.has(construct)) graph.visit(construct);
  }
  // What is left are cycles, which no visit has come to from outside: the first one visited tells.
  for (const construct of constructs) graph.visit(construct);
  return graph.sorted;
}

class Graph {
  public readonly sorted: IConstruct[] = [];
  private readonly inside: ReadonlySet<Vertex>;
  private readonly visited = new Set<Vertex>();

  public constructor(private readonly constructs: readonly IConstruct[], private readonly after: After) {
    this.inside = new Set(constructs);
  }

  /** All that something else depends on. */
  public needed(): ReadonlySet<Vertex> {
    const needed = new Set<Vertex>();
    for (const construct of this.constructs) {
      for (const vertex of this.next(construct)) {
        if (needed.has(vertex)) continue;
        needed.add(vertex);
        if (vertex instanceof Bundle) for (const object of this.next(vertex)) needed.add(object);
      }
    }
    return needed;
  }

  /** Depth first, without recursion: a chain of charts may be longer than the stack. */
  public visit(start: Vertex): void {
    const path: Visit[] = [];
    const open = new Set<Vertex>();
    const enter = (vertex: Vertex) => {
      if (open.has(vertex)) throw new Error(`Dependency cycle detected: ${cycle(path.map((visit) => visit.vertex), vertex)}`);
      if (this.visited.has(vertex)) return;
      open.add(vertex);
      path.push({ vertex, next: this.next(vertex)[Symbol.iterator]() });
    };
    for (enter(start); path.length > 0;) {
      const { vertex, next } = path[path.length - 1];
      const { value, done } = next.next();
      if (!done) {
        enter(value);
        continue;
      }
      path.pop();
      open.delete(vertex);
      this.visited.add(vertex);
      if (!(vertex instanceof Bundle)) this.sorted.push(vertex);
    }
  }

  private next(vertex: Vertex): Vertex[] {
    const next: Iterable<Vertex> = vertex instanceof Bundle ? vertex.objects : this.after.get(vertex) ?? [];
    return [...next].filter((other) => other instanceof Bundle || this.inside.has(other));
  }
}

function cycle(path: readonly Vertex[], end: Vertex): string {
  const around = [...path.slice(path.indexOf(end)), end];
  return around.flatMap((vertex) => (vertex instanceof Bundle ? [] : [vertex.node.path])).join(' => ');
}
