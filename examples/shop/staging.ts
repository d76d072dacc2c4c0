import { App } from 'cdk8s';
import { STAGING, shop } from './shop';

// One stage, the one that CANARY_STAGE names.
const app = new App();
shop(app, STAGING);
app.synth();
