import { ArgoContext } from './context';
import { RolloutSpecStrategyBlueGreen as BlueGreen } from '../../../imports/argoproj.io';
import { RoutingModel } from '../../model/routing-model';
import { GateModel, MetricGateOptions } from '../../rollout/gate';
import { templateName } from '../metrics';

/** Name of the Service that leads to the candidate before the switch. */
export function previewName({ root }: RoutingModel): string {
  return `${root.name}-preview`;
}

/** Everything at once, by the selector of the root Service. */
export function blueGreen(context: ArgoContext): BlueGreen {
  const { model } = context;
  const { before, after } = switchGates(context);
  const waits = secondsOf(before);
  return {
    activeService: model.root.name,
    previewService: previewName(model),
    autoPromotionEnabled: before.some(({ kind }) => kind === 'approval') ? false : undefined,
    autoPromotionSeconds: waits > 0 ? waits : undefined,
    scaleDownDelaySeconds: secondsOf(after) > 0 ? secondsOf(after) : undefined,
    prePromotionAnalysis: analysis(model, before),
    postPromotionAnalysis: analysis(model, after),
  };
}

/** What has to hold before the switch, and after it. */
export function switchGates({ service: { moves } }: ArgoContext): { readonly before: readonly GateModel[]; readonly after: readonly GateModel[] } {
  return {
    before: moves.filter(({ percent }) => percent === 0).flatMap(({ gates }) => gates),
    after: moves.filter(({ percent }) => percent > 0).flatMap(({ gates }) => gates),
  };
}

function secondsOf(gates: readonly GateModel[]): number {
  return gates.reduce((sum, gate) => sum + (gate.kind === 'duration' ? Math.ceil(gate.milliseconds / 1000) : 0), 0);
}

function analysis(model: RoutingModel, gates: readonly GateModel[]): BlueGreen['prePromotionAnalysis'] {
  const metrics: MetricGateOptions[] = gates.flatMap((gate) => (gate.kind === 'metric' ? [gate.metric] : []));
  return metrics.length > 0 ? { templates: metrics.map((metric) => ({ templateName: templateName(model, metric) })) } : undefined;
}
