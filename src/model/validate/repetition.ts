import { Finding } from '../finding';

const WITH = ' with ';

/** Place of what repeats something that is declared elsewhere, for some of its requests: `rollout.lane with routes[0]`. */
export function repeatedAt(by: string, place: string): string {
  return `${by}${WITH}${place}`;
}

/** Several rules may have one setting from the service, or repeat another rule: what is wrong with it is said once. */
export function withoutRepetition(findings: readonly Finding[]): Finding[] {
  const first = new Set(findings.filter(({ place }) => !place.includes(WITH)).map(contentOf));
  const told = findings.filter((finding) => !finding.place.includes(WITH) || !first.has(contentOf(finding)));
  return [...new Map(told.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** What is wrong, whichever of the repeated rules it is. */
function contentOf({ code, path, place, message }: Finding): string {
  const [by, repeated] = place.split(WITH);
  return JSON.stringify([code, path, repeated === undefined ? message : message.replaceAll(repeatedAt(by, ''), '')]);
}
