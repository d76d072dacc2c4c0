import { Condition, HeaderValue } from './condition';
import { Decision, Step } from './decision';
import { PREFIX } from './name';
import { Refusal } from './refusal';
import { listed } from '../../model/nearest';
import { quoteRegex } from '../../model/regex';
import { placeOf } from '../../model/validate/place';
import { Fraction, fraction } from '../../model/weights';

/** Two Services of which the second is the canary of the first. */
export interface Canary {
  readonly stable: string;
  readonly canary: string;
  /** Those of the Ingress of the canary. */
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Fitted {
  readonly plan: Canary;
  readonly refusals: readonly Refusal[];
}

type HeaderStep = Step & { readonly condition: Extract<Condition, { kind: 'header' }> };

/**
 * The annotations that keep a decision, and what they do not keep of it. Requests are asked for the header first, then for the cookie, and what is
 * left is shared out by weight.
 * @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer.lua (route_to_alternative_balancer)
 */
export function fit(decision: Decision, stable: string, canary: string): Fitted {
  const headers = decision.steps.filter((step): step is HeaderStep => step.condition.kind === 'header');
  const cookies = decision.steps.filter(({ condition }) => condition.kind === 'cookie');
  const share = shareOf(decision, canary);
  const refusals: Refusal[] = [...oneName(headers, 'header'), ...oneName(cookies, 'cookie'), ...order(decision.steps)];
  const valued = headers.every(({ service }) => service === canary);
  if (!valued) refusals.push(...alwaysAndNever(headers, { what: 'header', stable, share, later: cookies }));
  if (cookies.length > 0) refusals.push(...alwaysAndNever(cookies, { what: 'cookie', stable, share, later: [] }));
  const annotations = {
    canary: 'true',
    ...(headers.length > 0 ? { 'canary-by-header': headers[0].condition.name } : {}),
    ...(headers.length > 0 && valued ? headerValue(headers.map(({ condition }) => condition.value)) : {}),
    ...(cookies.length > 0 ? { 'canary-by-cookie': cookies[0].condition.name } : {}),
    ...weights(share),
  };
  return {
    plan: { stable, canary, annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${PREFIX}/${key}`, value])) },
    refusals,
  };
}

/** The canary's part of what no header and no cookie decides. */
function shareOf({ shares }: Decision, canary: string): Fraction {
  return fraction(shares.get(canary) ?? 0, [...shares.values()].reduce((sum, weight) => sum + weight, 0));
}

/** A total below 100 is taken for 100, so that it is a multiple of the denominator from there on: weights are whole numbers. */
function weights({ numerator, denominator }: Fraction): Record<string, string> {
  const times = 100 % denominator === 0 ? 100 / denominator : Math.ceil(100 / denominator);
  const total = denominator * times;
  return { 'canary-weight': `${numerator * times}`, ...(total === 100 ? {} : { 'canary-weight-total': `${total}` }) };
}

/** With a value or a pattern, "always" and "never" have no meaning of their own. */
function headerValue([first, ...others]: readonly HeaderValue[]): Record<string, string> {
  if (others.length === 0 && first.kind === 'exact') return { 'canary-by-header-value': first.value };
  const patterns = [first, ...others].map(({ kind, value }) => (kind === 'exact' ? `^${quoteRegex(value)}$` : value));
  return { 'canary-by-header-pattern': patterns.join('|') };
}

function oneName(steps: readonly Step[], what: string): Refusal[] {
  const names = [...new Set(steps.map(({ condition }) => condition.name))];
  const other = steps.find(({ condition }) => condition.name !== names[0]);
  return other ? [{
    code: 'capability-missing', place: placeOf(other.rule, 'matches'), message: `a canary asks for one ${what}, and the rules ask for ${listed(names)}`, remedy: `use one ${what}`,
  }] : [];
}

/** A header comes before a cookie, whatever was declared. */
function order(steps: readonly Step[]): Refusal[] {
  const pairs = steps.flatMap((early, index) => steps.slice(index + 1).map((late) => ({ early, late })));
  const swapped = pairs.find(({ early, late }) => early.condition.kind === 'cookie' && late.condition.kind === 'header' && early.service !== late.service);
  return swapped ? [{
    code: 'order-inexpressible',
    place: swapped.early.rule.place,
    message: `ingress-nginx looks at the header first, and some requests that ${swapped.early.rule.place} takes first would be taken by ${swapped.late.rule.place}`,
    remedy: `declare ${swapped.late.rule.place} first`,
  }] : [];
}

interface Asked {
  readonly what: string;
  readonly stable: string;
  readonly share: Fraction;
  /** What is asked of the requests that these steps do not decide. */
  readonly later: readonly Step[];
}

/** Where no value is given, "always" is the canary and "never" the stable version: of the two, what is not declared has to come to the same. */
function alwaysAndNever(steps: readonly Step[], { what, stable, share, later }: Asked): Refusal[] {
  const [{ condition: { name }, rule: { place } }] = steps;
  const wrong = steps.find(({ condition, service }) => textOf(condition) !== (service === stable ? 'never' : 'always'));
  if (wrong) {
    return [{
      code: 'capability-missing',
      place: placeOf(wrong.rule, 'matches'),
      message: `for a canary, the value "always" of the ${what} "${name}" means the canary and "never" the stable version, and no other value sends to "${wrong.service}"`,
      remedy: 'use these values, or send to the other version by them',
    }];
  }
  const differs = {
    always: share.numerator < share.denominator || later.some(({ service }) => service === stable),
    never: share.numerator > 0 || later.some(({ service }) => service !== stable),
  };
  return (['always', 'never'] as const).filter((value) => differs[value] && !steps.some(({ condition }) => textOf(condition) === value)).map((value) => ({
    code: 'capability-missing',
    place: `${place}.matches`,
    message: `for a canary, the value "${value}" of the ${what} "${name}" has a meaning too, and the rules send such requests elsewhere`,
    remedy: `declare a route for "${value}" too, to the ${value === 'never' ? 'stable version' : 'canary'}`,
  }));
}

function textOf({ value }: Condition): string | undefined {
  return typeof value === 'string' ? value : value.kind === 'exact' ? value.value : undefined;
}
