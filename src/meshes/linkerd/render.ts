import { Construct } from 'constructs';
import { authorizationPolicy, meshTlsAuthentication, server, serverName } from './access';
import { typeOf } from './kinds';
import { RoutingModel } from '../../model/routing-model';
import { writeFor } from '../mesh-objects';

/** A Server closes its port to everybody without a policy, so that the policies come first. Without clients there is nothing but the Servers. */
export function renderAccess(scope: Construct, model: RoutingModel): void {
  if (!model.clients) return;
  if (model.clients.length > 0) {
    writeFor(model, scope, { ...typeOf('MeshTLSAuthentication'), name: model.root.name, manifest: () => meshTlsAuthentication(model) });
    for (const port of model.ports) {
      const name = serverName(model, port);
      writeFor(model, scope, { ...typeOf('AuthorizationPolicy'), id: `AuthorizationPolicy-${port.number}`, name, manifest: () => authorizationPolicy(model, port) });
    }
  }
  for (const port of model.ports) {
    writeFor(model, scope, { ...typeOf('Server'), id: `Server-${port.number}`, name: serverName(model, port), manifest: () => server(model, port) });
  }
}
