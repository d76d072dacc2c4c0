/** Exact part of the traffic, from 0 to 1, in lowest terms. */
export class Share {
  public static readonly none = new Share(0n, 1n);
  public static readonly all = new Share(1n, 1n);

  /** `part` of `whole`, both finite and not negative; numbers with decimals are taken to the sixth. */
  public static of(part: number, whole: number): Share {
    if (Number.isSafeInteger(part) && Number.isSafeInteger(whole)) return new Share(BigInt(part), BigInt(whole));
    return new Share(BigInt(Math.round(part * MILLIONTHS)), BigInt(Math.round(whole * MILLIONTHS)));
  }

  public readonly numerator: bigint;
  public readonly denominator: bigint;

  private constructor(numerator: bigint, denominator: bigint) {
    const divisor = greatestCommonDivisor(numerator, denominator);
    this.numerator = numerator / divisor;
    this.denominator = denominator / divisor;
  }

  public times(other: Share): Share {
    return new Share(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  public plus(other: Share): Share {
    return new Share(this.numerator * other.denominator + other.numerator * this.denominator, this.denominator * other.denominator);
  }

  /** What is left of the whole. */
  public rest(): Share {
    return new Share(this.denominator - this.numerator, this.denominator);
  }

  public equals(other: Share): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  public get isNone(): boolean {
    return this.numerator === 0n;
  }

  /** As a number from 0 to 1, the nearest there is. */
  public toNumber(): number {
    return Number(this.numerator) / Number(this.denominator);
  }

  /** `1/3`, or `1` for everything. */
  public toString(): string {
    return this.denominator === 1n ? `${this.numerator}` : `${this.numerator}/${this.denominator}`;
  }
}

const MILLIONTHS = 1_000_000;

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
