import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Controlled } from './controlled';
import { ArgoCdIgnoreDifference, FluxIgnoreRule } from './ignored-fields';
import { Outside } from './outside';
import { argoCdDifferences, fluxRules, OwnedFields } from './owned-fields';
import { accountsOf } from './target';
import { changed } from '../app/app-services';
import { addFindings } from '../app/findings';
import { Client } from '../declaration/client';
import { ExposeViaGatewayOptions } from '../declaration/exposure';
import { exposureToModel } from '../declaration/exposure-to-model';
import { Gateway } from '../declaration/gateway';
import { Finding } from '../model/finding';

/** A service whose rollout a controller of the cluster carries out. Each controller has a class of its own for it. */
export abstract class ControlledService extends Construct {
  /** Name of the Service that clients have to call, inside the cluster, fully qualified. */
  public abstract readonly host: string;

  /** The pods of both versions, as clients of other services: for their `allowFrom`. Copies that a controller makes of them run under the same accounts. */
  public get clients(): Client[] {
    const { surroundings: { namespace } } = this._controlled();
    return accountsOf(this._controlled()).map((account) => Client.serviceAccount(account, { namespace }));
  }

  /**
   * Lets traffic from outside in, with the same shares as inside at each step. Where the mesh is `Mesh.kubernetes()` and the rollout moves weights,
   * the traffic from outside is split instead of that inside. What the controller or the gateway cannot keep is refused (`controller-unfit`).
   *
   * @param gateway where it comes in
   * @param options hosts and conditions
   */
  public exposeViaGateway(gateway: Gateway, options: ExposeViaGatewayOptions = {}): void {
    const service = this._controlled();
    const scope = new Construct(this, `Exposure${service.outside.length + 1}`);
    const { exposure, findings } = exposureToModel(scope.node.path, service.root, gateway, options);
    changed(this.node.root);
    const written: ApiObject[] = [];
    service.addOutside({ exposure, gateway, options, findings, written });
    written.push(...this._expose(scope, service.outside[service.outside.length - 1]));
    addFindings(scope, () => this._findings().filter(({ path }) => path === scope.node.path));
  }

  /**
   * The fields of these manifests that the controller changes in the cluster, for `spec.ignoreDifferences` of Argo CD. Its `Application` also needs
   * the sync options `RespectIgnoreDifferences=true` and `ApplyOutOfSyncOnly=true`: otherwise a sync writes them all the same.
   */
  public argoCdIgnoreDifferences(): ArgoCdIgnoreDifference[] {
    return argoCdDifferences(this._owned());
  }

  /** The fields of these manifests that the controller changes in the cluster, for `ignore` of Flux. */
  public fluxIgnoreRules(): FluxIgnoreRule[] {
    return fluxRules(this._owned());
  }

  /** @internal */
  protected abstract _controlled(): Controlled;

  /** What is wrong with the service and its exposures. @internal */
  protected abstract _findings(): readonly Finding[];

  /** @internal */
  protected abstract _owned(): OwnedFields[];

  /** What the gateway writes for an exposure, below `scope` unless the controller writes it. @internal */
  protected abstract _expose(scope: Construct, outside: Outside): readonly ApiObject[];
}
