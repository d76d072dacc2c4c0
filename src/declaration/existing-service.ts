import { IConstruct } from 'constructs';
import { ExistingOptions } from './existing-deployment';
import { ExistingObject, inCluster, inConstruct, inFile, inText } from './existing-object';
import { Service, serviceOf } from '../manifests/service';

const KIND = { group: '', kind: 'Service' };

/**
 * What a Service in the cluster looks like. It is taken at its word, and so is that its ports are those of the `CanaryService`, with what the mesh
 * has to know of their protocols (`appProtocol`, or the name of the port).
 */
export interface NamedServiceProps {
  /**
   * Its `spec.selector`.
   */
  readonly selector: { [key: string]: string };
}

/**
 * A Service that clients call already, to be taken over as the root: its name, selector and type stay.
 */
export class ExistingService {
  /**
   * A Service of this app: one of cdk8s-plus, an `Include`, an `ApiObject`, or what holds one. It is written where it is declared. What the mesh needs
   * on it is added to it: annotations, and the protocols of ports that say none (`appProtocol`).
   *
   * @param construct the object, or a construct around it
   * @param options which one, if there are several
   */
  public static fromConstruct(construct: IConstruct, options: ExistingOptions = {}): ExistingService {
    return new ExistingService(inConstruct(construct, { ...KIND, ...options }));
  }

  /**
   * A Service in a YAML or JSON text. It is written with the `CanaryService`, without what the cluster added, and with what the mesh needs on it, as
   * from `fromConstruct`.
   *
   * @param text the text; other objects in it are passed by
   * @param options which one, if there are several
   */
  public static fromYaml(text: string, options: ExistingOptions = {}): ExistingService {
    return new ExistingService(inText(text, { ...KIND, ...options }));
  }

  /**
   * A Service in a YAML or JSON file, or in a folder of them, as from `fromYaml`.
   *
   * @param path the file or folder, from where the app runs
   * @param options which one, if there are several
   */
  public static fromFile(path: string, options: ExistingOptions = {}): ExistingService {
    return new ExistingService(inFile(path, { ...KIND, ...options }));
  }

  /**
   * A Service that somebody else writes. It is not written here.
   *
   * @param name its name, in the namespace of the `CanaryService`
   * @param props what it looks like
   */
  public static byName(name: string, props: NamedServiceProps): ExistingService {
    return new ExistingService(inCluster({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: props.selector } }));
  }

  private constructor(
    /** @internal */
    public readonly _object: ExistingObject,
  ) {}

  /** @internal */
  public _read(): Service | undefined {
    const found = this._object.read();
    return 'object' in found ? serviceOf(found.object) : undefined;
  }
}
