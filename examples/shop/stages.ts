import { App } from 'cdk8s';
import { PRODUCTION, shop } from './shop';
import { StagedApp } from 'cdk8s-canary';

/** Every stage of the release, each in a folder of its own, with the way back from it. */
class Release extends StagedApp {
  protected buildStage(app: App): void {
    shop(app, PRODUCTION);
  }
}

new Release().synth();
