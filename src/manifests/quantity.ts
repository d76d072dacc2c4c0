/**
 * Exact value of a Kubernetes quantity such as `100m`, `0.5`, `1e3` or `128Mi`, in billionths; what is finer is rounded up, as the API server does.
 * Nothing for what is none, or is negative.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(written: unknown): bigint | undefined {
  const text = typeof written === 'number' ? String(written) : written;
  if (typeof text !== 'string' || text.length > LONGEST) return undefined;
  const [, whole, decimals, suffix, exponent] = /^\+?(?=\.?\d)(\d*)\.?(\d*)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (whole === undefined || Math.abs(Number(exponent ?? 0)) > LARGEST_EXPONENT) return undefined;
  const billionths = BigInt(whole + decimals) * scale(suffix) * power(10n, Math.max(0, Number(exponent ?? 0)));
  return dividedUp(billionths, power(10n, decimals.length + Math.max(0, -Number(exponent ?? 0))));
}

/** Longer texts and larger exponents stand for nothing that a machine has. */
const LONGEST = 64;
const LARGEST_EXPONENT = 30;

/** Cores, to the thousandth: `2`, `0.15`. */
export function cpuText(billionths: bigint): string {
  return `${Number(dividedUp(billionths, ONE / 1000n)) / 1000}`;
}

/** Bytes in the largest unit that leaves a whole number: `1Gi`, `1536Mi`, `500M`. */
export function bytesText(billionths: bigint): string {
  const bytes = dividedUp(billionths, ONE);
  if (bytes === 0n) return '0';
  const unit = [...BINARY, ...DECIMAL].find(([, size]) => bytes % size === 0n);
  return unit ? `${bytes / unit[1]}${unit[0]}` : `${bytes}`;
}

const ONE = 1_000_000_000n;
const BINARY = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'].map((suffix, index) => [suffix, power(1024n, 6 - index)] as const);
const DECIMAL = ['E', 'P', 'T', 'G', 'M', 'k'].map((suffix, index) => [suffix, power(1000n, 6 - index)] as const);
const SMALL = new Map([['n', 1n], ['u', 1000n], ['m', 1_000_000n]]);

function scale(suffix: string | undefined): bigint {
  const small = SMALL.get(suffix ?? '');
  if (small !== undefined) return small;
  return ONE * ([...BINARY, ...DECIMAL].find(([name]) => name === suffix)?.[1] ?? 1n);
}

function power(base: bigint, exponent: number): bigint {
  return base ** BigInt(exponent);
}

function dividedUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}
