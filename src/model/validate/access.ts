import { Finding } from '../finding';
import { RoutingModel } from '../routing-model';
import { Report } from './report';

export function checkAccess(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  (model.clients ?? []).forEach((client, index) => {
    const place = `allowFrom[${index}]`;
    report.name(place, client.namespace, 'dns-1123-label', 'give the name of a namespace');
    if (client.kind === 'service-account') report.name(place, client.name, 'dns-1123-subdomain', 'give the name of a service account');
    const same = (model.clients ?? []).slice(0, index).some((other) => JSON.stringify(other) === JSON.stringify(client));
    if (same) report.add('access-invalid', place, 'the same client is allowed twice', 'drop one of them');
  });
  return report.findings;
}
