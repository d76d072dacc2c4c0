import { destinationsOf } from './destinations-of';
import { LintProblem, LintRule } from '../../../lint/lint-rule';
import { Cluster } from '../../../manifests/cluster';
import { KubeObject } from '../../../manifests/kube-object';
import { GROUP as GATEWAY_API } from '../../gateway-api/read/routes';
import { NETWORKING } from '../read/config';
import { virtualService } from '../read/virtual-service';

type Found = Omit<LintProblem, 'object'>;

/** A rule that looks at one VirtualService at a time. */
function ofVirtualServices(rule: Omit<LintRule, 'check'>, look: (object: KubeObject, cluster: Cluster) => Iterable<Found>): LintRule {
  return {
    ...rule,
    *check({ evaluator: { cluster } }) {
      for (const object of cluster.ofKind(NETWORKING, 'VirtualService')) {
        for (const found of look(object, cluster)) yield { object, ...found };
      }
    },
  };
}

/** A fault without a percentage hits nothing. @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection */
const FAULT_WITHOUT_EFFECT = ofVirtualServices({ code: 'fault-without-effect', severity: 'warning' }, function* (object) {
  for (const rule of object.spec.at('http').items()) {
    for (const kind of ['delay', 'abort']) {
      const fault = rule.at('fault').at(kind);
      // `percent` is the deprecated form.
      if (!fault.exists || (fault.at('percentage').at('value').number() ?? fault.at('percent').number() ?? 0) > 0) continue;
      yield {
        place: fault.place,
        message: 'it hits no request: its percentage is 0, or is left out, which means 0',
        remedy: 'write `percentage: { value: 100 }` for all requests of the rule',
      };
    }
  }
});

/** @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute (mirrorPercentage) */
const MIRROR_OF_EVERYTHING = ofVirtualServices({ code: 'mirror-of-everything', severity: 'warning' }, function* (object) {
  for (const rule of object.spec.at('http').items()) {
    const single = rule.at('mirror').exists && !['mirrorPercentage', 'mirrorPercent', 'mirror_percent'].some((key) => rule.at(key).exists) ? [rule.at('mirror')] : [];
    for (const mirror of [...single, ...rule.at('mirrors').items().filter((one) => !one.at('percentage').exists)]) {
      yield { place: mirror.place, message: 'no percentage is given, so that every request is copied', remedy: 'write the percentage, 100 if that is meant' };
    }
  }
});

/** Of several destinations those without a weight get nothing. @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination */
const WEIGHT_LEFT_OUT = ofVirtualServices({ code: 'weight-left-out', severity: 'warning' }, function* (object) {
  for (const protocol of ['http', 'tcp', 'tls']) {
    for (const rule of object.spec.at(protocol).items()) {
      const destinations = rule.at('route').items();
      for (const destination of destinations.length > 1 ? destinations.filter((one) => !one.at('weight').exists) : []) {
        yield { place: destination.place, message: 'beside other destinations it has no weight, which means 0: it gets no traffic', remedy: 'write the weight, 0 if that is meant' };
      }
    }
  }
});

/** Only a word without a dot is completed. @see https://istio.io/latest/docs/ops/best-practices/traffic-management/#set-default-routes-for-services */
const HOST_NOT_COMPLETED = ofVirtualServices({ code: 'host-not-completed', severity: 'error', like: ['IST0101'] }, function* (object, cluster) {
  const meshed = object.spec.at('gateways').texts();
  const called = meshed.length === 0 || meshed.includes('mesh') ? object.spec.at('hosts').items() : [];
  for (const host of [...called, ...destinationsOf(object).map((destination) => destination.at('host'))]) {
    const name = host.text() ?? '';
    if (!name.includes('.') || name.endsWith(`.svc.${cluster.clusterDomain}`) || !cluster.serviceCalled(name, object.namespace)) continue;
    yield {
      place: host.place,
      message: `"${name}" is taken for a complete name, and no Service has it`,
      remedy: `write "${completed(name)}.svc.${cluster.clusterDomain}"`,
    };
  }
});

/** @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService (gateways) */
const GATEWAY_MISSING = ofVirtualServices({ code: 'gateway-missing', severity: 'error', like: ['IST0101', 'KIA1102'] }, function* (object, cluster) {
  const gateways = [NETWORKING, GATEWAY_API].flatMap((group) => cluster.ofKind(group, 'Gateway'));
  const names = virtualService(object, cluster.clusterDomain).gateways;
  for (const [index, reference] of object.spec.at('gateways').items().entries()) {
    const name = names[index];
    // A set of manifests without any Gateway leaves them to another repository.
    if (name === undefined || name === 'mesh' || gateways.length === 0 || gateways.some((gateway) => `${gateway.namespace}/${gateway.name}` === name)) continue;
    yield {
      place: reference.place,
      message: `there is no Gateway "${name}"`,
      remedy: `name one of ${gateways.map((gateway) => `"${gateway.namespace}/${gateway.name}"`).join(', ')}`,
    };
  }
});

function completed(name: string): string {
  return name.split('.').slice(0, 2).join('.');
}

export const VIRTUAL_SERVICE_RULES: readonly LintRule[] = [
  FAULT_WITHOUT_EFFECT,
  GATEWAY_MISSING,
  HOST_NOT_COMPLETED,
  MIRROR_OF_EVERYTHING,
  WEIGHT_LEFT_OUT,
];
