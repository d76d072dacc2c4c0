import { Construct } from 'constructs';
import { check } from './check';
import { NAME } from './name';
import { ArgoRolloutProps } from './options';
import { ownedFields } from './owned';
import { render } from './render';
import { rolesModel } from './roles';
import { routingFor } from './routing';
import { Report } from '../../model/report';
import { controlledService, targetModel } from '../controlled-service';
import { ArgoCdIgnoreDifference, FluxIgnoreRule } from '../ignored-fields';
import { argoCdDifferences, fluxRules, OwnedFields } from '../owned-fields';
import { addServiceFindings } from '../service-findings';

/**
 * A service whose rollout Argo Rollouts carries out: a `Rollout` in the place of the Deployments, with the steps, and the Services and routes that
 * it changes.
 *
 * Manifests with other pods begin a rollout: the new pods are the candidate, get the declared shares, and are the stable version at the end. What
 * Argo Rollouts cannot do is refused (`controller-unfit`).
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/concepts/
 */
export class ArgoRollout extends Construct {
  /** Name of the root Service inside the cluster, fully qualified. That is what clients have to call. */
  public readonly host: string;

  private readonly owned: () => OwnedFields[];

  /**
   * Declares a service that Argo Rollouts looks after.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct; also the name of the `Rollout` and the root Service unless `name` is given
   * @param props the declaration
   */
  public constructor(scope: Construct, id: string, props: ArgoRolloutProps) {
    super(scope, id);
    const service = controlledService(this, id, props, { name: NAME, splitsByPods: true });
    const model = rolesModel(service, props.splitLevel);
    const context = { service, props, target: targetModel(service), model, routing: routingFor(service.driver, model, props.ingress) };
    const report = new Report(this.node.path);
    this.host = context.model.root.host;
    render(this, context, report);
    this.owned = () => ownedFields(this, context);
    addServiceFindings(this, service, model, report, () => check(context));
  }

  /**
   * The fields of these manifests that Argo Rollouts changes in the cluster, for `spec.ignoreDifferences` of Argo CD. Its `Application` also needs the
   * sync options `RespectIgnoreDifferences=true` and `ApplyOutOfSyncOnly=true`: otherwise a sync writes them all the same.
   */
  public argoCdIgnoreDifferences(): ArgoCdIgnoreDifference[] {
    return argoCdDifferences(this.owned());
  }

  /** The fields of these manifests that Argo Rollouts changes in the cluster, for `ignore` of Flux. */
  public fluxIgnoreRules(): FluxIgnoreRule[] {
    return fluxRules(this.owned());
  }
}
