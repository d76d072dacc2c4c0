import { KubeObject } from '../../../manifests/kube-object';

/** Annotations of the controller are read by this beginning. */
export const PREFIX = 'nginx.ingress.kubernetes.io/';

export function text({ annotations }: KubeObject, name: string): string {
  return (annotations[`${PREFIX}${name}`] ?? '').trim();
}

/** As Go's strconv.ParseBool reads it. */
export function isOn(object: KubeObject, name: string): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text(object, name));
}

export function integer(object: KubeObject, name: string): number | undefined {
  const written = text(object, name);
  return /^[+-]?[0-9]{1,15}$/.test(written) ? Number(written) : undefined;
}

/** A text of other characters counts as none. @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/parser/validators.go */
export function word(object: KubeObject, name: string): string {
  const written = text(object, name);
  return /^[/\-._~a-zA-Z0-9:]*$/.test(written.replaceAll(' ', '')) ? written : '';
}
