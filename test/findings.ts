import { App, Chart } from 'cdk8s';
import { Mesh } from '../src';

/** What synthesis reports about the built constructs, one text a finding; empty when nothing is wrong. */
export function findingsOf(build: (chart: Chart) => void): string[] {
  const chart = new Chart(new App(), 'test');
  Mesh.setDefault(chart, Mesh.istio());
  build(chart);
  return reported(() => chart.toJson());
}

/** The lines of the one error that a failing synthesis throws. Any other error is passed on. */
export function reported(synth: () => unknown): string[] {
  try {
    synth();
    return [];
  } catch (error) {
    const [head, ...lines] = (error as Error).message.split(/\n {2}(?=\[)/);
    if (head !== 'Validation failed with the following errors:') throw error;
    return lines;
  }
}
