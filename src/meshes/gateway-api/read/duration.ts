const MILLISECONDS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** `1h30m`, `500ms`; nothing for what is no duration. @see https://gateway-api.sigs.k8s.io/geps/gep-2257/ */
export function milliseconds(text: string | undefined): number | undefined {
  if (text === undefined || !/^([0-9]{1,5}(h|m|s|ms)){1,4}$/.test(text)) return undefined;
  return [...text.matchAll(/([0-9]+)(ms|h|m|s)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * MILLISECONDS[unit], 0);
}
