import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ConfigMap } from '../model/routing-model';

const VOLUME = 'config-files';

export interface ConfigMapObject {
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly configMap: ConfigMap;
}

/** What holds the files of one version. Its name changes with its content, so that it never has to. */
export function renderConfigMap(scope: Construct, id: string, { configMap: { name, files }, ...metadata }: ConfigMapObject): void {
  new kplus.ConfigMap(scope, id, { metadata: { ...metadata, name }, data: { ...files }, immutable: true });
}

/** The files in a container, by the name of what holds them: that may be written elsewhere. */
export function configMount(scope: Construct, id: string, { name, mountPath }: ConfigMap): kplus.VolumeMount {
  const map = kplus.ConfigMap.fromConfigMapName(scope, `${id}-ConfigMap`, name);
  return { path: mountPath, volume: kplus.Volume.fromConfigMap(scope, `${id}-Volume`, map, { name: VOLUME }) };
}
