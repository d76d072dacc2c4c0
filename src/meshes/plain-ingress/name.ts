/** Name of the system. */
export const NAME = 'plain-ingress';
