/** A field that is there and has another type than the one it is read as. */
export interface FieldProblem {
  /** Where in the document: `spec.http[0].route[1].weight`. */
  readonly place: string;
  readonly expected: string;
  readonly value: unknown;
}

/**
 * A field of a document that anybody may have written. Reading it never throws: what is missing or null reads as `undefined` or as empty, and
 * so does what has another type, which is noted.
 */
export class Field {
  public constructor(
    public readonly raw: unknown,
    public readonly place: string,
    private readonly problems: FieldProblem[],
  ) {}

  public get exists(): boolean {
    return this.raw !== undefined && this.raw !== null;
  }

  public at(key: string): Field {
    const map = this.map();
    const own = map !== undefined && Object.hasOwn(map, key);
    return new Field(own ? map[key] : undefined, this.place ? `${this.place}.${key}` : key, this.problems);
  }

  /** Elements of a list. */
  public items(): Field[] {
    if (!this.exists) return [];
    if (!Array.isArray(this.raw)) return this.wrong('a list', []);
    return this.raw.map((item, index) => new Field(item, `${this.place}[${index}]`, this.problems));
  }

  /** Keys and values of a map, in the order of the document. */
  public entries(): [string, Field][] {
    return Object.keys(this.map() ?? {}).map((key) => [key, this.at(key)]);
  }

  public text(): string | undefined {
    return this.typed((value) => typeof value === 'string', 'a string');
  }

  public number(): number | undefined {
    return this.typed((value) => typeof value === 'number' && Number.isFinite(value), 'a number');
  }

  public integer(): number | undefined {
    return this.typed(Number.isSafeInteger, 'a whole number');
  }

  public flag(): boolean | undefined {
    return this.typed((value) => typeof value === 'boolean', 'true or false');
  }

  /** A number, or a string, as Kubernetes has them for ports and quantities. */
  public integerOrText(): number | string | undefined {
    return this.typed((value) => typeof value === 'string' || Number.isSafeInteger(value), 'a whole number or a string');
  }

  /** Strings of a list. */
  public texts(): string[] {
    return this.items().map((item) => item.text()).filter((text) => text !== undefined);
  }

  /** Strings of a map, such as labels. */
  public textMap(): Record<string, string> {
    const found = this.entries().map(([key, value]) => [key, value.text()] as const);
    return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
  }

  private map(): Readonly<Record<string, unknown>> | undefined {
    if (!this.exists) return undefined;
    if (typeof this.raw !== 'object' || Array.isArray(this.raw)) return this.wrong('a map', undefined);
    return this.raw as Readonly<Record<string, unknown>>;
  }

  private typed<T>(is: (value: unknown) => boolean, expected: string): T | undefined {
    if (!this.exists) return undefined;
    return is(this.raw) ? this.raw as T : this.wrong(expected, undefined);
  }

  private wrong<T>(expected: string, otherwise: T): T {
    if (!this.problems.some(({ place }) => place === this.place)) this.problems.push({ place: this.place, expected, value: this.raw });
    return otherwise;
  }
}
