import { Places, Rule } from '../routing-model';

/** Place of a part of a rule. What stands on the service itself, or comes from there, has no `routes[i]` in front. */
export function placeOf(rule: Pick<Rule, 'place' | 'places' | 'inherited'>, part: string): string {
  const elsewhere = rule.places && partPlace(rule.places, part);
  if (elsewhere !== undefined) return elsewhere;
  return rule.place === 'weights' || rule.inherited.includes(topOf(part)) ? part : `${rule.place}.${part}`;
}

/** Place of a part by that of the innermost part around it: where `mirrors` stands, `mirrors[0]` stands inside. */
export function partPlace(places: Places, part: string): string | undefined {
  for (let around = part; around !== ''; around = around.replace(/(^|[.[])[^.[]*$/, '')) {
    if (Object.hasOwn(places, around)) return places[around] + part.slice(around.length);
  }
  return undefined;
}

/** `weights` of `weights.v2`. */
function topOf(part: string): string {
  return part.replace(/[.[].*$/, '');
}
