import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { check } from './check';
import { FlaggerContext } from './context';
import { FlaggerCanaryProps } from './options';
import { ownedFields } from './owned';
import { render } from './render';
import { routingOf } from './routing';
import { ControlledService } from '../controlled-service';
import { Outside } from '../outside';
import { OwnedFields } from '../owned-fields';
import { objectsBelow } from '../routes';
import { targetModel } from '../target';
import { toControlled } from '../to-controlled';
import { NAME } from './name';
import { Finding } from '../../model/finding';
import { Report } from '../../model/report';
import { Controlled } from '../controlled';
import { addServiceFindings } from '../service-findings';
import { withRouting } from '../with-routing';

/**
 * A service whose rollout Flagger carries out: the Deployment that it watches, and a `Canary` with the steps.
 *
 * Flagger copies the pods of the Deployment to `<name>-primary`, which gets the traffic, and makes the Services `<name>`, `<name>-primary` and
 * `<name>-canary` and the routes by itself; none of them may stand in the manifests. Manifests with other pods begin a rollout: the Deployment is
 * the candidate then, gets the declared shares, and is copied to the primary at the end. What Flagger cannot do is refused (`controller-unfit`).
 *
 * @see https://docs.flagger.app/usage/how-it-works
 */
export class FlaggerCanary extends ControlledService {
  /** Name of the Service that clients call, inside the cluster, fully qualified. Flagger makes it. */
  public readonly host: string;

  /** The Deployment that Flagger watches: its pods are those of the candidate during a rollout, and there are none afterwards. */
  public readonly deployment: kplus.Deployment;

  private readonly context: FlaggerContext;

  private readonly findings: () => readonly Finding[];

  /**
   * Declares a service that Flagger looks after.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct; also the name of the Deployment, the `Canary` and the Service unless `name` is given
   * @param props the declaration
   */
  public constructor(scope: Construct, id: string, props: FlaggerCanaryProps) {
    super(scope, id);
    const service = toControlled(this, id, props, { name: NAME, splitsByPods: false });
    const model = targetModel(service);
    const context = withRouting({ service, model, props }, routingOf(service, model));
    this.context = context;
    const report = new Report(this.node.path);
    this.host = model.root.host;
    this.deployment = render(this, context, report);
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
    return ownedFields(this.context.model);
  }

  /** @internal */
  protected _expose(scope: Construct, { gateway, exposure }: Outside): readonly ApiObject[] {
    const { model, routing } = this.context;
    const to = routing?.ownRoutes ? new Chart(new App(), 'routes') : scope;
    gateway._render(to, model, exposure);
    scope.node.addDependency(gateway);
    this.node.findChild('Canary').node.addDependency(gateway, scope);
    return objectsBelow(to);
  }
}
