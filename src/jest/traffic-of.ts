import { Construct, IConstruct } from 'constructs';
import { Traffic } from '../traffic';

/** Traffic, or what it is made of: an app or a chart, or a text of YAML documents. */
export type TrafficSource = Traffic | IConstruct | string;

export function trafficOf(source: TrafficSource): Traffic {
  if (source instanceof Traffic) return source;
  if (typeof source === 'string') return Traffic.fromYaml(source);
  if (Construct.isConstruct(source)) return Traffic.fromChart(source);
  throw new Error('expected a Traffic, an app, a chart or a YAML text');
}
