import { App } from 'cdk8s';
import { PRODUCTION, shop } from './shop';

// One stage, the one that CANARY_STAGE names.
const app = new App();
shop(app, PRODUCTION);
app.synth();
