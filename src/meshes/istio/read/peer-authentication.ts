import { byAge } from './age';
import { carries, ROOT_NAMESPACE } from './destination-rules';
import { typeRefusal } from './refusal-parts';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';
import { Workload } from '../../../manifests/workload';

export interface MutualTls {
  readonly mode: 'STRICT' | 'PERMISSIVE' | 'DISABLE';
  /** What says so; absent: nothing does. */
  readonly object?: KubeObject;
}

/**
 * What a port of pods asks of those who call it: what is said for the pods, else for their namespace, else for all. Of several for the same
 * the oldest counts.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/security/authn/policy_applier.go (ComposePeerAuthentication)
 */
export class PeerAuthentications {
  private readonly byNamespace = new Map<string, KubeObject[]>();

  public constructor(objects: readonly KubeObject[]) {
    for (const object of [...objects].sort(byAge)) this.byNamespace.set(object.namespace, [...this.byNamespace.get(object.namespace) ?? [], object]);
  }

  public modeFor({ namespace, labels }: Workload, port: number): MutualTls {
    const [own, all] = [this.byNamespace.get(namespace) ?? [], this.byNamespace.get(ROOT_NAMESPACE) ?? []].map((list) => list.filter(isTaken));
    const general = [all.find((one) => !isSelective(one)), namespace === ROOT_NAMESPACE ? undefined : own.find((one) => !isSelective(one))];
    const selective = namespace === ROOT_NAMESPACE ? undefined : own.find((one) => isSelective(one) && carries(labels, selectorOf(one)));
    const said = [...general, selective].flatMap((object) => modeOf(object, object?.spec.at('mtls')) ?? []);
    const ofPort = modeOf(selective, selective?.spec.at('portLevelMtls').at(`${port}`));
    return ofPort ?? said.at(-1) ?? { mode: 'PERMISSIVE' };
  }
}

function isTaken(object: KubeObject): boolean {
  object.spec.at('mtls').at('mode').text();
  return typeRefusal(object) === undefined;
}

function isSelective(object: KubeObject): boolean {
  return Object.keys(selectorOf(object)).length > 0;
}

function selectorOf({ spec }: KubeObject): Record<string, string> {
  return spec.at('selector').at('matchLabels').textMap();
}

/** Nothing where it says `UNSET`, or nothing. */
function modeOf(object: KubeObject | undefined, field: Field | undefined): MutualTls | undefined {
  const mode = field?.at('mode').text();
  return mode === 'STRICT' || mode === 'PERMISSIVE' || mode === 'DISABLE' ? { mode, object } : undefined;
}
