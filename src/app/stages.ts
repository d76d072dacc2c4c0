import { IConstruct } from 'constructs';
import { AppRollout } from './app-rollout';
import { isRecording, noteService } from './stage-record';

const rollouts = new WeakMap<IConstruct, Map<string, AppRollout>>();

const forced = new WeakMap<IConstruct, string>();

/** Makes the rollout of a service known to its app, with the stage that the service is built at. */
export function joinRollout(app: IConstruct, service: string, rollout: AppRollout, stage: string | undefined): void {
  const ofApp = rollouts.get(app) ?? new Map<string, AppRollout>();
  rollouts.set(app, ofApp.set(service, rollout));
  if (!forced.has(app) && isRecording()) noteService(app, service, rollout, stage);
}

/** Rollouts of an app by the paths of their services. */
export function rolloutsOf(app: IConstruct): ReadonlyMap<string, AppRollout> {
  return rollouts.get(app) ?? new Map();
}

/** Builds all services of an app at one stage, whatever they say themselves. */
export function forceStage(app: IConstruct, stage: string): void {
  forced.set(app, stage);
}

/** Whether the app is one of several, each of which is a stage. */
export function isOneStage(app: IConstruct): boolean {
  return forced.has(app);
}

/** The stage that a service is to be built at, by what is nearest: the app of all stages, its own property, its scope, the environment. */
export function chosenStage(service: IConstruct, own: string | undefined): string | undefined {
  const stage: unknown = forced.get(service.node.root) ?? own ?? service.node.tryGetContext('canary:stage') ?? process.env.CANARY_STAGE;
  return stage === undefined || stage === '' ? undefined : String(stage);
}
