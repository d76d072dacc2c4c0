import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';

/** Every `destination` of a VirtualService, those of copies included. */
export function destinationsOf({ spec }: KubeObject): Field[] {
  return ['http', 'tcp', 'tls'].flatMap((protocol) => spec.at(protocol).items()).flatMap((rule) => [
    ...[...rule.at('route').items(), ...rule.at('mirrors').items()].map((one) => one.at('destination')),
    ...(rule.at('mirror').exists ? [rule.at('mirror')] : []),
  ]);
}
