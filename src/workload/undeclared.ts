import { JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { VersionProps } from '../declaration/version';

/** What cdk8s-plus writes for pods although nobody declared it. */
const POD_FIELDS = ['dnsPolicy', 'hostNetwork', 'restartPolicy', 'setHostnameAsFqdn'];

/** Takes out of a Deployment what nobody declared, so that Kubernetes' own defaults hold, and no label depends on construct paths. */
export function withoutUndeclared(props: VersionProps, containers: readonly kplus.ContainerProps[]): JsonPatch[] {
  const pointers = [
    '/spec/template/metadata/labels/cdk8s.io~1metadata.addr',
    // cdk8s-plus checks `minReady` against a deadline, which is given for that check alone.
    '/spec/progressDeadlineSeconds',
    ...(props.minReady ? [] : ['/spec/minReadySeconds']),
    ...(props.strategy ? [] : ['/spec/strategy']),
    ...[
      ...POD_FIELDS,
      ...(props.securityContext ? [] : ['securityContext']),
      ...(props.terminationGracePeriod ? [] : ['terminationGracePeriodSeconds']),
      ...(props.automountServiceAccountToken === undefined ? ['automountServiceAccountToken'] : []),
    ].map((field) => `/spec/template/spec/${field}`),
    ...containers.flatMap((container, index) => undeclaredFields(container).map((field) => `/spec/template/spec/containers/${index}/${field}`)),
  ];
  return pointers.map((pointer) => JsonPatch.remove(pointer));
}

function undeclaredFields(container: kplus.ContainerProps): string[] {
  return [
    ...(container.securityContext ? [] : ['securityContext']),
    ...(container.imagePullPolicy ? [] : ['imagePullPolicy']),
    ...(container.startup ? [] : ['startupProbe']),
  ];
}

/** Adds what cdk8s-plus has no words for. */
export function withMissingWords(props: VersionProps): JsonPatch[] {
  return [
    ...(props.tty ? [JsonPatch.add('/spec/template/spec/containers/0/tty', true)] : []),
    ...(props.imagePullSecrets ? [JsonPatch.add('/spec/template/spec/imagePullSecrets', props.imagePullSecrets.map((name) => ({ name })))] : []),
  ];
}
