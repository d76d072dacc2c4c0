import { createHash } from 'node:crypto';
import { ConfigMap } from '../model/routing-model';

/**
 * Configuration files of one version: a ConfigMap of its own, whose name tells its content, mounted into the first container.
 *
 * Other content is another ConfigMap and another pod template, so that pods get new configuration as they get a new image, and a version that comes
 * back finds the files that it left. The ConfigMap is there at every stage of a rollout that has the version.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable
 */
export class ConfigFiles {
  /**
   * Files with the given texts.
   *
   * @param mountPath folder in the container, an absolute path without a colon (`config-invalid` otherwise). It hides what the image has there.
   * @param files texts by file name: letters, digits, `-`, `_` and `.`, at most 1 MiB together (`config-invalid` otherwise)
   */
  public static of(mountPath: string, files: { [name: string]: string }): ConfigFiles {
    return new ConfigFiles(mountPath, files);
  }

  private constructor(private readonly mountPath: string, private readonly files: { readonly [name: string]: string }) {}

  /**
   * @param owner what the name of the ConfigMap begins with
   * @internal
   */
  public _toModel(owner: string): ConfigMap {
    // Maps have no order in every language; the content has one name all the same.
    const files = Object.fromEntries(Object.entries(this.files).sort(([a], [b]) => (a < b ? -1 : 1)));
    const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 8);
    return { name: `${owner}-config-${hash}`, mountPath: this.mountPath, files };
  }
}
