import { Construct } from 'constructs';
import { findingsOf } from './check-controlled';
import { Controlled } from './controlled';
import { clashes, join, sameRoot } from '../app/app-services';
import { addFindings } from '../app/findings';
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
 * @returns what is wrong with the service and its exposures; those are checked below their own constructs
 */
export function addServiceFindings(
  construct: Construct, service: Controlled, model: RoutingModel, pods: Report, check: () => readonly Finding[],
): () => readonly Finding[] {
  join(construct.node.root, model);
  const all = () => withoutRepetition([
    ...findingsOf(service),
    ...pods.findings,
    ...(service.staged().sound ? check() : []),
    ...clashes(construct.node.root, model),
    ...duplicateObjects(construct, sameRoot(construct.node.root, model).map(({ path }) => path)),
  ]);
  addFindings(construct, () => all().filter(({ path }) => path === construct.node.path));
  return all;
}
