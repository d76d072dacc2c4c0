import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { check } from './check';
import { ArgoContext } from './context';
import { NAME } from './name';
import { ArgoRolloutProps } from './options';
import { ownedFields } from './owned';
import { render, renderRoles } from './render';
import { rolesModel } from './roles';
import { routingOf } from './routing';
import { Finding } from '../../model/finding';
import { Report } from '../../model/report';
import { Controlled } from '../controlled';
import { ControlledService } from '../controlled-service';
import { Outside } from '../outside';
import { OwnedFields } from '../owned-fields';
import { objectsBelow } from '../routes';
import { addServiceFindings } from '../service-findings';
import { targetModel } from '../target';
import { toControlled } from '../to-controlled';
import { withRouting } from '../with-routing';

/**
 * A service whose rollout Argo Rollouts carries out: a `Rollout` in the place of the Deployments, with the steps, and the Services and routes that
 * it changes.
 *
 * Manifests with other pods begin a rollout: the new pods are the candidate, get the declared shares, and are the stable version at the end. What
 * Argo Rollouts cannot do is refused (`controller-unfit`).
 *
 * `Rollout.blueGreen` is the strategy `blueGreen` where the mesh is `Mesh.kubernetes()`: Argo Rollouts changes the selector of the root Service, and
 * `<name>-preview` leads to the candidate before. Routes of a mesh pass by such a selector, and Argo Rollouts changes none in that strategy: there it
 * is a canary whose only weight is 100, with all pods of the candidate up before.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/concepts/
 */
export class ArgoRollout extends ControlledService {
  /** Name of the root Service inside the cluster, fully qualified. That is what clients have to call. */
  public readonly host: string;

  /** The root Service, also called apex. */
  public readonly root: kplus.Service;

  private readonly context: ArgoContext;

  private readonly findings: () => readonly Finding[];

  private readonly rollout: ApiObject;

  /**
   * Declares a service that Argo Rollouts looks after.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct; also the name of the `Rollout` and the root Service unless `name` is given
   * @param props the declaration
   */
  public constructor(scope: Construct, id: string, props: ArgoRolloutProps) {
    super(scope, id);
    const service = toControlled(this, id, props, { name: NAME, splitsByPods: true });
    const model = rolesModel(service, props.splitLevel);
    const context = withRouting({ service, props, target: targetModel(service), model }, routingOf(service, model));
    this.context = context;
    const report = new Report(this.node.path);
    this.host = model.root.host;
    const { root, rollout } = render(this, context, report);
    this.root = root;
    this.rollout = rollout;
    this.findings = addServiceFindings(this, service, model, report, () => check(context));
  }

  /** @internal */
  protected _controlled(): Controlled {
    return this.context.service;
  }

  /** @internal */
  protected _findings(): readonly Finding[] {
    return this.findings();
  }

  /** @internal */
  protected _owned(): OwnedFields[] {
    return ownedFields(this, this.context);
  }

  /** @internal */
  protected _expose(scope: Construct, { gateway, exposure }: Outside): readonly ApiObject[] {
    const { service: { driver, outside }, model } = this.context;
    if (outside.length === 1) driver?.renderExposures?.(this, model);
    gateway._render(scope, model, exposure);
    scope.node.addDependency(gateway);
    const roles = renderRoles(this, this.context);
    // A Rollout is refused for as long as what it names is not there.
    this.rollout.node.addDependency(scope, ...roles);
    return objectsBelow(scope);
  }
}
