/**
 * Full name of a host that an object of Istio mentions. Only a word without a dot gets the namespace of the object: `web.shop` stays as it
 * is, and is nobody's name.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/config.go ResolveShortnameToFQDN
 */
export function fullName(host: string, namespace: string, clusterDomain: string): string {
  return host === '' || host === '*' || /[.:]/.test(host) ? host : `${host}.${namespace}.svc.${clusterDomain}`;
}

export function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/**
 * Whether two hosts have names in common; each may begin with an asterisk.
 * @see https://github.com/istio/istio/blob/release-1.31/pkg/config/host/name.go Matches
 */
export function overlap(one: string, other: string): boolean {
  if (isWildcard(one) && isWildcard(other)) {
    return one.length < other.length ? other.endsWith(one.slice(1)) : one.endsWith(other.slice(1));
  }
  return covers(one, other) || covers(other, one);
}

/** Whether every name that the host stands for is one of the pattern's. */
export function covers(pattern: string, host: string): boolean {
  if (!isWildcard(pattern)) return pattern === host;
  return isWildcard(host) ? host.length >= pattern.length && host.slice(1).endsWith(pattern.slice(1)) : host.endsWith(pattern.slice(1));
}
