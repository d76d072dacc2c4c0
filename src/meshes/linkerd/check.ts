import { serverName } from './access';
import { checkRequestAccess, hasUnlimited } from './request-access';
import { Finding } from '../../model/finding';
import { Report } from '../../model/report';
import { RoutingModel } from '../../model/routing-model';

/** What Linkerd's policies cannot keep of a model. */
export function checkAccess(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  if (!model.clients) return report.findings;
  model.ports.forEach((port, index) => {
    const place = `ports[${index}]`;
    report.name(`${place}.name`, serverName(model, port), 'dns-1123-subdomain', 'give the port a shorter `name`');
    if (port.protocol === 'TLS') {
      report.add('access-invalid', place, 'the pods take TLS of their own, in which Linkerd sees no identity', 'drop `allowFrom`, or declare TCP and let Linkerd encrypt');
    }
  });
  checkRequestAccess(report, model);
  if (model.clients.length > 0 && !hasUnlimited(model) && model.exposures.length > 0) {
    report.add('access-invalid', 'allowFrom', 'all clients are limited to some requests, and the gateway that the service is exposed on sends others too',
      'name the account of the gateway without `requests`');
  }
  if (model.clients.length === 0 && model.exposures.length > 0) {
    report.add('access-invalid', 'allowFrom', 'nobody is let in, and the service is exposed on a gateway', 'name the clients, or drop the exposure');
  }
  return report.findings;
}
