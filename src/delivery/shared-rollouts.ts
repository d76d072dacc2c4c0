import { IConstruct } from 'constructs';
import { rolloutsOf } from '../app/stages';
import { Rollout } from '../rollout/rollout';

/** Paths of the services that a controller looks after, by app and rollout. */
const joined = new WeakMap<IConstruct, Map<object, string[]>>();

/** Makes it known that a controller carries out a rollout for a service, and tells of others that have the same rollout. */
export function joinController(service: IConstruct, rollout: Rollout): () => string[] {
  const app = service.node.root;
  const identity = rollout._staged();
  const ofApp = joined.get(app) ?? new Map<object, string[]>();
  joined.set(app, ofApp.set(identity, [...(ofApp.get(identity) ?? []), service.node.path]));
  return () => {
    const staged = [...rolloutsOf(app)].filter(([, other]) => other.identity === identity).map(([path]) => path);
    return [...(ofApp.get(identity) ?? []), ...staged].filter((path) => path !== service.node.path);
  };
}
