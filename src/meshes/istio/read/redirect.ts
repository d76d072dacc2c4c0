import { Place } from './place';
import { Filters, PathChange, Redirect } from '../../../evaluation/route-table';
import { Field } from '../../../manifests/field';

/** @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/route/route.go (ApplyRedirect) */
export function redirect(field: Field, place: Place, filters: Filters): Redirect {
  const scheme = field.at('scheme').text() || undefined;
  return {
    kind: 'redirect',
    status: field.at('redirectCode').integer() || 301,
    scheme,
    host: field.at('authority').text() || undefined,
    port: portOf(field, place, scheme),
    path: pathOf(field),
    filters,
  };
}

function pathOf(field: Field): PathChange | undefined {
  const prefix = field.at('prefixRewrite').text();
  if (prefix) return { kind: 'prefix', value: prefix };
  const full = field.at('uri').text();
  return full ? { kind: 'full', value: full } : undefined;
}

/** The scheme's own port is left out. */
function portOf(field: Field, { sender, https }: Place, scheme: string | undefined): number | undefined {
  const port = field.at('derivePort').text() === 'FROM_REQUEST_PORT' ? sender.listenPort : field.at('port').integer();
  return port === ((scheme ?? (https ? 'https' : 'http')) === 'https' ? 443 : 80) ? undefined : port;
}
