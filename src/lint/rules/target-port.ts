import { LintRule } from '../lint-rule';

/** A number need not be declared, but where others are it most likely is a mistake; a name has to be. */
export const TARGET_PORT_UNDECLARED: LintRule = {
  code: 'target-port-undeclared',
  severity: 'error',
  like: ['KIA0701'],
  *check({ evaluator: { cluster } }) {
    for (const service of cluster.services) {
      for (const [index, port] of service.ports.entries()) {
        const without = cluster.behind(service).filter(({ containerPorts }) => (
          typeof port.targetPort === 'string' || containerPorts.length > 0) && !containerPorts.some(({ name, number }) => port.targetPort === name || port.targetPort === number));
        if (without.length === 0) continue;
        const declared = [...new Set(without.flatMap(({ containerPorts }) => containerPorts.map(({ name, number }) => (name ? `${name} (${number})` : `${number}`))))];
        yield {
          object: service.object,
          place: `spec.ports[${index}].targetPort`,
          message: `no container of ${without.map(({ object }) => object.title).join(', ')} listens on "${port.targetPort}", but on ${declared.join(', ') || 'none that is declared'}`,
          remedy: 'send to a port that the container declares, or declare it there',
        };
      }
    }
  },
};
