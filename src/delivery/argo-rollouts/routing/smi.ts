import { kubernetes } from './kubernetes';
import { roleServices } from './roles';
import { Routing, RoutingOf } from './routing';
import { carriesHttp } from '../../../model/protocols';
import { NAME } from '../name';
import { ArgoSplitLevel } from '../options';

/**
 * The controller writes the TrafficSplit itself, in the version that its flag `--traffic-split-api-version` names.
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/smi/
 */
export const smi: RoutingOf = (written) => {
  const split = written.find(({ kind }) => kind === 'TrafficSplit');
  return split && routing(split.name);
};

function routing(trafficSplitName: string): Routing {
  return {
    ...kubernetes,
    level: ArgoSplitLevel.HOST,
    weights: true,
    reaches: () => false,
    strategy: (model) => ({ ...roleServices(model), trafficRouting: { smi: { rootService: model.root.name, trafficSplitName } } }),
    check(report, model) {
      // Open Service Mesh makes a share of 0 of it, for which Envoy refuses all listeners of the client.
      for (const [index, { protocol }] of model.ports.entries()) {
        if (!carriesHttp(protocol)) report.add('controller-unfit', `ports[${index}].protocol`, `${NAME} writes weights of 0, which break connections without HTTP`, 'use HTTP, HTTP2 or GRPC');
      }
    },
  };
}
