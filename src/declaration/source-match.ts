import { SourceMatch as SourceModel } from '../model/routing-model';

/**
 * A condition on the pod that sends the request: a pod of the mesh. Requests that come through a gateway have no such source and never match.
 *
 * Malformed labels and names are refused at synthesis (`label-invalid`, `name-invalid`).
 */
export class SourceMatch {
  /**
   * The sending pod carries these labels.
   *
   * @param labels label keys and values, all of which it has to carry
   * @param namespace namespace that it runs in (default: any)
   */
  public static labels(labels: { [key: string]: string }, namespace?: string): SourceMatch {
    return new SourceMatch({ labels: { ...labels }, namespace });
  }

  /**
   * The sending pod runs in this namespace.
   *
   * @param namespace name of the namespace
   */
  public static namespace(namespace: string): SourceMatch {
    return new SourceMatch({ labels: {}, namespace });
  }

  private constructor(private readonly model: SourceModel) {}

  /** @internal */
  public _toModel(): SourceModel {
    return this.model;
  }
}
