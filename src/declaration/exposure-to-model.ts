import { ExposeViaGatewayOptions } from './exposure';
import { Gateway } from './gateway';
import { matchModel } from './match-to-model';
import { passesThrough } from '../model/exposed-rules';
import { Finding } from '../model/finding';
import { carriesHttp } from '../model/protocols';
import { Report } from '../model/report';
import { Exposure, Listener } from '../model/routing-model';

export interface DeclaredExposure {
  readonly exposure: Exposure;
  readonly findings: readonly Finding[];
}

/** The meaning of an exposure. */
export function exposureToModel(path: string, root: string, gateway: Gateway, options: ExposeViaGatewayOptions): DeclaredExposure {
  const report = new Report(path);
  const model = gateway._toModel();
  const exposure = {
    path,
    name: options.name ?? `${root}-${model.name}`,
    gateway: model,
    hosts: options.hosts ?? hostsOf(model.listeners.find(({ name }) => name === options.listener)),
    matches: (options.matches ?? []).map((match, index) => matchModel(report, match, `matches[${index}]`)),
    port: options.port,
    listener: options.listener,
  };
  return { exposure, findings: report.findings };
}

/** Hosts of the listener that an exposure is limited to, where its traffic names hosts at all. */
function hostsOf(listener: Listener | undefined): readonly string[] {
  return listener && (carriesHttp(listener.protocol) || passesThrough(listener)) ? listener.hosts : ['*'];
}
