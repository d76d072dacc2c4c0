import { Gate } from './gate';
import { Traffic } from './traffic';

/** One complete state of a rollout. Applying it takes nothing away that the stage before uses, and uses nothing that the stage before lacks. */
export interface Stage {
  readonly name: string;
  readonly traffic: Traffic;
  /** Versions that exist: their Services, subsets, accounts and Deployments. */
  readonly present: readonly string[];
  /** Those of them that have pods. */
  readonly running: readonly string[];
  /** Those of them that come back after they were gone, and that nobody calls by name before the rollout is where it began. */
  readonly returning: readonly string[];
  /** Those of them that no stage so far sent anything to: no route has ever known their leaves. */
  readonly untouched: readonly string[];
  /** All traffic that the pods have to carry while this stage takes the place of a neighbour, or a neighbour its place. */
  readonly loads: readonly Traffic[];
  /** What has to hold before the next stage. */
  readonly gates: readonly Gate[];
}
