import { groupedBy } from './grouped';
import { carries } from './label-selector';

type Labels = Readonly<Record<string, string>>;

interface Indexed<T> {
  readonly item: T;
  readonly position: number;
  readonly wanted: Labels;
}

/** Finds what selects pods by labels, however many there are: only what asks for one of the pods' labels, or for none, is looked at. */
export class SelectorIndex<T> {
  private readonly byLabel: ReadonlyMap<string, readonly Indexed<T>[]>;

  /** @param wanted labels that an item asks for; none: every pod of its namespace */
  public constructor(items: readonly T[], namespaceOf: (item: T) => string, wanted: (item: T) => Labels) {
    const indexed = items.map((item, position) => ({ item, position, wanted: wanted(item) }));
    this.byLabel = groupedBy(indexed, (one) => keyOf(namespaceOf(one.item), Object.entries(one.wanted)[0]));
  }

  /** Items of a namespace that select pods with these labels, in their order. */
  public selecting(namespace: string, labels: Labels): T[] {
    const candidates = [undefined, ...Object.entries(labels)].flatMap((label) => this.byLabel.get(keyOf(namespace, label)) ?? []);
    const found = candidates.filter(({ wanted }) => carries(labels, wanted));
    return found.sort((a, b) => a.position - b.position).map(({ item }) => item);
  }
}

function keyOf(namespace: string, label: readonly [string, string] | undefined): string {
  return JSON.stringify([namespace, ...label ?? []]);
}
