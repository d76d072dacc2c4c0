import { Construct } from 'constructs';
import { accessRoute, authorizationPolicy, meshTlsAuthentication, restRoute, server, serverName } from './access';
import { PolicyKind, typeOf } from './kinds';
import { allowedRoutes, hasUnlimited, limitedClients } from './request-access';
import { carriesHttp } from '../../model/protocols';
import { Client, Port, RoutingModel } from '../../model/routing-model';
import { writeFor } from '../mesh-objects';

type Write = (kind: PolicyKind, name: string, manifest: () => { readonly spec?: unknown }, id?: string) => void;

/** A Server closes its port to everybody without a policy, so that the policies come first. Without clients there is nothing but the Servers. */
export function renderAccess(scope: Construct, model: RoutingModel): void {
  if (!model.clients) return;
  const write: Write = (kind, name, manifest, id) => writeFor(model, scope, { ...typeOf(kind), id: id && `${kind}-${id}`, name, manifest });
  const limited = limitedClients(model);
  if (model.clients.length > 0) writeServerPolicies(write, model, limited);
  if (limited.length > 0) writeRequestPolicies(write, model);
  for (const port of model.ports) write('Server', serverName(model, port), () => server(model, port, limited.length > 0), String(port.number));
}

/** Who may do everything on a port. Connections cannot be told apart, so that clients limited to some requests may open them too. */
function writeServerPolicies(write: Write, model: RoutingModel, limited: readonly Client[]): void {
  const clients = () => [...(model.clients ?? []), ...model.exposures.map(({ gateway }) => gateway.client)];
  const told = (port: Port) => limited.length > 0 && carriesHttp(port.protocol);
  const connections = model.ports.filter((port) => !told(port));
  if (connections.length > 0) writeAccess(write, model, connections, model.root.name, clients);
  if (limited.length > 0 && hasUnlimited(model)) {
    writeAccess(write, model, model.ports.filter(told), `${model.root.name}-requests`, () => clients().filter((client) => !limited.includes(client)));
  }
}

function writeAccess(write: Write, model: RoutingModel, ports: readonly Port[], authentication: string, clients: () => Client[]): void {
  write('MeshTLSAuthentication', authentication, () => meshTlsAuthentication(clients()), authentication === model.root.name ? undefined : 'requests');
  for (const port of ports) {
    const name = serverName(model, port);
    write('AuthorizationPolicy', name, () => authorizationPolicy({ kind: 'Server', name }, authentication), String(port.number));
  }
}

/** Who may send just some requests. */
function writeRequestPolicies(write: Write, model: RoutingModel): void {
  allowedRoutes(model).forEach((route, index) => {
    const id = `access-${index + 1}`;
    const name = `${model.root.name}-${id}`;
    write('MeshTLSAuthentication', name, () => meshTlsAuthentication(route.clients), id);
    write('AuthorizationPolicy', name, () => authorizationPolicy({ kind: 'HTTPRoute', name }, name), id);
    write('HTTPRoute', name, () => accessRoute(model, route), id);
  });
  write('HTTPRoute', `${model.root.name}-access`, () => restRoute(model), 'access');
}
