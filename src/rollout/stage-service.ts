import { checkCapacity } from './check-capacity';
import { checkService } from './check-service';
import { checkWarm } from './check-warm';
import { declarationAt } from './declaration-at';
import { Rollout } from './rollout';
import { selectStage } from './select-stage';
import { Stage } from './stage';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { Finding } from '../model/finding';
import { Report } from '../model/report';

export interface StageSurroundings {
  /** Construct path of the service. */
  readonly path: string;
  /** Name of the root Service. */
  readonly root: string;
  /** The stage that is wanted. */
  readonly stage?: string;
  /** Name of the mesh, if pods make the shares there. */
  readonly sharesByPods?: string;
}

/** A service with a rollout, at one stage. */
export interface StagedService {
  readonly stage: string;
  readonly declaration: ServiceDeclaration;
  /** The service at the other stages, by their folders: what is wrong there should not wait to be told. */
  readonly others: ReadonlyMap<string, ServiceDeclaration>;
  readonly findings: readonly Finding[];
  /** Whether the rollout makes sense. If not, the declaration is one without it, so that other findings can be told. */
  readonly sound: boolean;
}

/** Puts a service at one stage of its rollout, with all that is wrong with the two. */
export function stageService(service: ServiceDeclaration, rollout: Rollout, surroundings: StageSurroundings): StagedService {
  const { path } = surroundings;
  const report = new Report(path);
  const { stages, sets, problems } = rollout._staged();
  report.findings.push(...problems.map((problem) => ({ ...problem, path })));
  checkService(report, service, rollout, surroundings);
  if (report.findings.length > 0) return unsound(service, report.findings);
  const stage = selectStage(report, rollout._staged(), surroundings.stage);
  checkCapacity(report, service, rollout);
  checkWarm(report, service, rollout);
  const at = (one: Stage) => declarationAt(service, rollout, one, surroundings.sharesByPods !== undefined);
  const others = [...sets].filter(([, other]) => other !== stage && stages.includes(other));
  return {
    stage: stage.name,
    declaration: at(stage),
    others: new Map(others.map(([folder, other]) => [folder, at(other)])),
    findings: report.findings,
    sound: true,
  };
}

/** The service as if it had no rollout: all versions are there, and the first has the traffic. */
function unsound(service: ServiceDeclaration, findings: readonly Finding[]): StagedService {
  const [first] = service.versions;
  const declaration = { ...service, splitByPods: undefined, weights: first && { [first.name]: 1 } };
  return { stage: '', declaration, others: new Map(), findings, sound: false };
}
