import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';

const ANNOTATION = 'argocd.argoproj.io/sync-wave';

/**
 * What each wave holds; nothing in it uses what a later one has. An object keeps its wave whatever else is there, so that stages of a rollout do not
 * differ in it. Other kinds are in wave 0, where Argo CD puts them by itself.
 */
const WAVES: ReadonlyMap<number, readonly string[]> = new Map([
  [-3, ['CustomResourceDefinition', 'Namespace']],
  [-2, ['AnalysisTemplate', 'ConfigMap', 'MetricTemplate', 'Role', 'RoleBinding', 'Secret', 'ServiceAccount']],
  [-1, ['Service']],
  [0, ['Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'StatefulSet']],
  // What routes send by, or come through, and whom pods let in: before anybody is sent there.
  [1, [
    'AuthorizationPolicy', 'DestinationRule', 'Gateway', 'HTTPRouteGroup', 'IngressBackend', 'MeshCircuitBreaker', 'MeshLoadBalancingStrategy',
    'MeshTLSAuthentication', 'MeshTimeout', 'PeerAuthentication',
  ]],
  // Closes its port to whom no policy names.
  [2, ['Server']],
  [3, [
    'GRPCRoute', 'HTTPRoute', 'Ingress', 'MeshHTTPRoute', 'MeshTCPRoute', 'TCPRoute', 'TLSRoute', 'TrafficSplit', 'TrafficTarget', 'VirtualService',
  ]],
  // A controller takes its release for broken while something that it names is not there, and so does an autoscaler: nothing after them would be applied.
  [4, ['Canary', 'HorizontalPodAutoscaler', 'Rollout']],
]);

const WAVE_OF = new Map([...WAVES].flatMap(([wave, kinds]) => kinds.map((kind) => [kind, wave] as const)));

/**
 * Waves of Argo CD: what is used is applied, and healthy, before what uses it, and it is deleted after it.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export class SyncWaves {
  /**
   * Gives all objects below a scope their wave, as the annotation `argocd.argoproj.io/sync-wave`: from -3 (namespaces) over 0 (pods)
   * and 3 (routes) to 4 (what looks after them: controllers and autoscalers).
   * Call it when everything is declared; a `StagedApp` does it by itself if told so. An object that has the annotation keeps it.
   *
   * @param scope an app, a chart, or any construct
   */
  public static addTo(scope: IConstruct): void {
    for (const object of scope.node.findAll()) {
      if (!ApiObject.isApiObject(object) || object.metadata.toJson().annotations?.[ANNOTATION] !== undefined) continue;
      object.metadata.addAnnotation(ANNOTATION, String(WAVE_OF.get(object.kind) ?? 0));
    }
  }

  private constructor() {}
}
