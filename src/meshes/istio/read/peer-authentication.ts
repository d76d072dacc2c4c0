import { byAge } from './age';
import { ROOT_NAMESPACE } from './destination-rules';
import { typeRefusal } from './refusal-parts';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';
import { SelectorIndex } from '../../../manifests/selector-index';
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
  private readonly general: ReadonlyMap<string, KubeObject>;
  private readonly selective: SelectorIndex<KubeObject>;

  public constructor(objects: readonly KubeObject[]) {
    const taken = [...objects].sort(byAge).filter(isTaken);
    // The oldest comes last, and so counts.
    this.general = new Map(taken.filter((one) => !isSelective(one)).reverse().map((one) => [one.namespace, one]));
    this.selective = new SelectorIndex(taken.filter(isSelective), ({ namespace }) => namespace, selectorOf);
  }

  public modeFor({ namespace, labels }: Workload, port: number): MutualTls {
    const own = namespace !== ROOT_NAMESPACE;
    const general = [this.general.get(ROOT_NAMESPACE), own ? this.general.get(namespace) : undefined];
    const selective = own ? this.selective.selecting(namespace, labels)[0] : undefined;
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
