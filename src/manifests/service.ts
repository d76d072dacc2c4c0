import { KubeObject } from './kube-object';

export interface Service {
  readonly object: KubeObject;
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly ServicePort[];
  /** Absent: the Service has no pods of its own choice. */
  readonly selector?: Readonly<Record<string, string>>;
  readonly headless: boolean;
  readonly externalName?: string;
}

export interface ServicePort {
  readonly number: number;
  readonly name?: string;
  /** A number, or the name of a container's port. */
  readonly targetPort: number | string;
  readonly transport: string;
  readonly appProtocol?: string;
}

export function serviceOf(object: KubeObject): Service {
  const { spec } = object;
  const selector = spec.at('selector').textMap();
  return {
    object,
    namespace: object.namespace,
    name: object.name,
    ports: spec.at('ports').items().flatMap((port) => {
      const number = port.at('port').integer();
      return number === undefined ? [] : [{
        number,
        name: port.at('name').text(),
        targetPort: port.at('targetPort').integerOrText() ?? number,
        transport: port.at('protocol').text() ?? 'TCP',
        appProtocol: port.at('appProtocol').text(),
      }];
    }),
    selector: Object.keys(selector).length > 0 ? selector : undefined,
    headless: spec.at('clusterIP').text() === 'None',
    externalName: spec.at('type').text() === 'ExternalName' ? spec.at('externalName').text() ?? '' : undefined,
  };
}

/** The port by its number. */
export function portOf(service: Service, number: number): ServicePort | undefined {
  return service.ports.find((port) => port.number === number && port.transport !== 'UDP');
}
