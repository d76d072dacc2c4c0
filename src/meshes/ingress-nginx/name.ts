/** Name of the system. */
export const NAME = 'ingress-nginx';

/** What the names of its annotations begin with. */
export const PREFIX = 'nginx.ingress.kubernetes.io';
