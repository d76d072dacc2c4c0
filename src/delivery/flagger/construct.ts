import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { check } from './check';
import { FlaggerCanaryProps } from './options';
import { ownedFields } from './owned';
import { render } from './render';
import { routingFor } from './routing';
import { controlledService, targetModel } from '../controlled-service';
import { NAME } from './name';
import { Report } from '../../model/report';
import { ArgoCdIgnoreDifference, FluxIgnoreRule } from '../ignored-fields';
import { argoCdDifferences, fluxRules, OwnedFields } from '../owned-fields';
import { addServiceFindings } from '../service-findings';

/**
 * A service whose rollout Flagger carries out: the Deployment that it watches, and a `Canary` with the steps.
 *
 * Flagger copies the pods of the Deployment to `<name>-primary`, which gets the traffic, and makes the Services `<name>`, `<name>-primary` and
 * `<name>-canary` and the routes by itself; none of them may stand in the manifests. Manifests with other pods begin a rollout: the Deployment is
 * the candidate then, gets the declared shares, and is copied to the primary at the end. What Flagger cannot do is refused (`controller-unfit`).
 *
 * @see https://docs.flagger.app/usage/how-it-works
 */
export class FlaggerCanary extends Construct {
  /** Name of the Service that clients call, inside the cluster, fully qualified. Flagger makes it. */
  public readonly host: string;

  /** The Deployment that Flagger watches: its pods are those of the candidate during a rollout, and there are none afterwards. */
  public readonly deployment: kplus.Deployment;

  private readonly owned: () => OwnedFields[];

  /**
   * Declares a service that Flagger looks after.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct; also the name of the Deployment, the `Canary` and the Service unless `name` is given
   * @param props the declaration
   */
  public constructor(scope: Construct, id: string, props: FlaggerCanaryProps) {
    super(scope, id);
    const service = controlledService(this, id, props, { name: NAME, splitsByPods: false });
    const model = targetModel(service);
    const routing = routingFor(service.driver, model, props.ingress);
    const report = new Report(this.node.path);
    this.host = model.root.host;
    this.deployment = render(this, { service, model, props, routing }, report);
    this.owned = () => ownedFields(model);
    addServiceFindings(this, service, model, report, () => check({ service, model, props, routing }));
  }

  /**
   * The fields of these manifests that Flagger changes in the cluster, for `spec.ignoreDifferences` of Argo CD. Its `Application` also needs the
   * sync options `RespectIgnoreDifferences=true` and `ApplyOutOfSyncOnly=true`: otherwise a sync writes them all the same.
   */
  public argoCdIgnoreDifferences(): ArgoCdIgnoreDifference[] {
    return argoCdDifferences(this.owned());
  }

  /** The fields of these manifests that Flagger changes in the cluster, for `ignore` of Flux. */
  public fluxIgnoreRules(): FluxIgnoreRule[] {
    return fluxRules(this.owned());
  }
}
