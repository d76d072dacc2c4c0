import { Construct } from 'constructs';
import { ObjectIndex } from '../app/object-index';
import { RootSelector } from '../declaration/root-selector';
import { Capability, Remedies } from '../model/capabilities';
import { Finding } from '../model/finding';
import { Metadata, Port, RoutingModel, Version } from '../model/routing-model';

/** What the library asks of a mesh. One folder beside this file implements it for each. */
export interface MeshDriver {
  readonly name: string;
  /** DNS domain of the cluster. */
  readonly clusterDomain: string;
  /** What it can do. Anything else that a model asks for is a finding. */
  readonly capabilities: ReadonlySet<Capability>;
  readonly remedies?: Remedies;
  /** What brings the pods of a namespace into the mesh. */
  readonly namespaceMetadata: Metadata;
  /** What brings a single pod into the mesh. */
  readonly podMetadata: Metadata;
  /** Which pods the root Service selects where nothing is declared; left out: those of all versions. */
  readonly rootSelector?: RootSelector;
  /** Why the root Service has to select the pods of every version: the beginning of a sentence that ends in it. Left out: it need not. */
  readonly rootSelectsAll?: string;
  /** Whether it sends to the leaves of versions that an existing root leaves out, although it wants all versions behind a root of its own. */
  readonly leafBackends?: boolean;
  /** Whether its routes send to the leaf of a version, at a stage or ever. Left out: to every leaf. */
  readonly routesToLeaf?: (model: RoutingModel, version: Version) => boolean;
  /** Whether clients without a proxy of the mesh reach the pods behind the root Service, past all rules. */
  readonly bypassable?: boolean;
  /** What the root Service carries for the mesh. */
  readonly rootMetadata?: (model: RoutingModel) => Metadata;
  /** Protocol of a Service's port where the mesh has words of its own. */
  readonly appProtocol?: (port: Port) => string;
  /** Numbers of pods by version, where they make the shares. They take the place of those declared; versions left out keep theirs. */
  readonly replicas?: (model: RoutingModel) => ReadonlyMap<string, number>;
  /** Writes what lets gateways in, as `render` does, when the service is first exposed. Left out: they need nothing of their own. */
  readonly renderExposures?: (scope: Construct, model: RoutingModel) => void;
  /** What it cannot keep of a model although it has the capabilities. */
  check(model: RoutingModel): Finding[];
  /** What objects that others declare in the same app take from the service. */
  checkObjects?(model: RoutingModel, objects: ObjectIndex): Finding[];
  /** Writes its objects below `scope`. Names are needed at once; specs are read at synthesis, after all checks passed. */
  render(scope: Construct, model: RoutingModel): void;
}
