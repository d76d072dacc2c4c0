import { Construct } from 'constructs';
import { ControlledService } from './controlled';
import { addFindings } from '../app/findings';
import { clashes, join, sameRoot } from '../app/neighbours';
import { duplicateObjects } from '../app/object-index';
import { Finding } from '../model/finding';
import { Report } from '../model/report';
import { RoutingModel } from '../model/routing-model';
import { withoutRepetition } from '../model/validate';

/**
 * Makes a service that a controller looks after known to the others of its app, and has it checked at synthesis.
 *
 * @param pods what was found while its pods were rendered
 * @param check what the controller cannot do; asked only of a service that makes sense
 */
export function addServiceFindings(
  construct: Construct, service: ControlledService, model: RoutingModel, pods: Report, check: () => readonly Finding[],
): void {
  join(construct.node.root, model);
  addFindings(construct, () => withoutRepetition([
    ...service.findings,
    ...pods.findings,
    ...(service.sound ? check() : []),
    ...clashes(construct.node.root, model),
    ...duplicateObjects(construct, sameRoot(construct.node.root, model).map(({ path }) => path)),
  ]));
}
