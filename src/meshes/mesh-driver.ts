import { Construct } from 'constructs';
import { Capability } from '../model/capabilities';
import { Finding } from '../model/finding';
import { RoutingModel } from '../model/routing-model';

/** What the library asks of a mesh. One folder beside this file implements it for each. */
export interface MeshDriver {
  readonly name: string;
  /** DNS domain of the cluster. */
  readonly clusterDomain: string;
  /** What it can do. Anything else that a model asks for is a finding. */
  readonly capabilities: ReadonlySet<Capability>;
  /** Labels that bring the pods of a namespace into the mesh. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
  /** Labels that bring a single pod into the mesh. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** What it cannot keep of a model although it has the capabilities. */
  check(model: RoutingModel): Finding[];
  /** Writes its objects below `scope`. Names are needed at once; specs are read at synthesis, after all checks passed. */
  render(scope: Construct, model: RoutingModel): void;
}
