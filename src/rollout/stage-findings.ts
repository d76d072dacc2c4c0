import { Finding } from '../model/finding';
import { RoutingModel } from '../model/routing-model';

/** What is wrong with a service at one stage. */
export interface StageFindings {
  readonly folder: string;
  readonly model: RoutingModel;
  readonly findings: readonly Finding[];
}

/** What is wrong at other stages alone, each told once: with the stage, unless the place begins with it and so says when. */
export function findingsOfOthers(now: Omit<StageFindings, 'folder'>, others: readonly StageFindings[]): Finding[] {
  const told = new Set(now.findings.map(textOf));
  return others.flatMap(({ folder, findings }) => findings.filter((finding) => finding.severity === 'error' && !told.has(textOf(finding))).map((finding) => {
    told.add(textOf(finding));
    const begun = isPlaceOf(now.model, finding.place) ? undefined : others.find(({ model }) => isPlaceOf(model, finding.place));
    return begun?.folder === folder ? finding : { ...finding, place: `${finding.place} of stage ${folder}` };
  }));
}

/** Whether a rule of the stage stands at a place in the rollout, or has a part there. */
function isPlaceOf({ rules }: RoutingModel, place: string): boolean {
  return rules.flatMap((rule) => [rule.place, ...Object.values(rule.places ?? {})])
    .some((at) => at.startsWith('rollout') && (place === at || (at !== 'rollout' && /^[.[]/.test(place.slice(at.length)) && place.startsWith(at))));
}

function textOf({ code, path, place, message }: Finding): string {
  return JSON.stringify([code, path, place, message]);
}
