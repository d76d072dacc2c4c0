import { LintRule } from '../../../lint/lint-rule';
import { Cluster } from '../../../manifests/cluster';
import { KubeObject } from '../../../manifests/kube-object';
import { NETWORKING } from '../read/config';
import { gatewayRefusal } from '../read/gateway-server';
import { refusal } from '../read/refusal';
import { destinationRuleRefusal } from '../read/refusal-destination-rule';
import { virtualService } from '../read/virtual-service';

const REFUSALS: Readonly<Record<string, (object: KubeObject, cluster: Cluster) => string | undefined>> = {
  DestinationRule: destinationRuleRefusal,
  Gateway: gatewayRefusal,
  VirtualService: (object, { clusterDomain }) => refusal(virtualService(object, clusterDomain)),
};

/** What Istio's admission webhook refuses, of what is read here. Fields of a wrong type have a code of their own. */
export const OBJECT_REFUSED: LintRule = {
  code: 'object-refused',
  severity: 'error',
  like: ['IST0106'],
  *check({ evaluator: { cluster } }) {
    for (const [kind, refusalOf] of Object.entries(REFUSALS)) {
      for (const object of cluster.ofKind(NETWORKING, kind)) {
        const reason = refusalOf(object, cluster);
        if (reason === undefined || object.problems.length > 0) continue;
        yield { object, place: 'spec', message: `Istio refuses it: ${reason}`, remedy: 'mend what the message names' };
      }
    }
  },
};
