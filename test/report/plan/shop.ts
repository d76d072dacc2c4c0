import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CanaryService, Mesh, MeshNamespace, Rollout, RolloutStep, StagedApp } from '../../../src';

const RESOURCES = { cpu: { request: kplus.Cpu.millis(100) }, memory: { request: Size.mebibytes(128) } };

/** Two services that move together. */
class Shop extends StagedApp {
  public constructor(folder: string, private readonly steps: RolloutStep[], private readonly mesh: Mesh) {
    super({ outdir: folder });
  }

  protected buildStage(app: App): void {
    Mesh.setDefault(app, this.mesh);
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new MeshNamespace(chart, 'shop');
    const rollout = Rollout.canary({ stable: 'v1', candidate: 'v2', steps: this.steps });
    for (const name of ['web', 'api']) {
      new CanaryService(chart, name, {
        ports: [{ port: 80, targetPort: 8080 }],
        rollout,
        versions: ['v1', 'v2'].map((version) => ({ name: version, image: `example/${name}:${version}`, replicas: 2, resources: RESOURCES })),
      });
    }
  }
}

/** Writes the stages of the shop to a new temporary folder. */
export function writtenShop(steps: RolloutStep[], mesh = Mesh.gatewayApi()): string {
  const folder = mkdtempSync(join(tmpdir(), 'canary-plan-'));
  new Shop(folder, steps, mesh).synth();
  return folder;
}
