import { appProtocol } from './app-protocol';
import { capabilities } from './capabilities';
import { checkAccess } from './check';
import { checkFailureAccrual, failureAccrual } from './failure-accrual';
import { gatewayApiRoutes, policyRoutes } from './implementation';
import { NAME } from './name';
import { LinkerdApi, LinkerdInjection, LinkerdOptions } from './options';
import { checkProbes } from './probes';
import { renderAccess } from './render';
import { checkServiceProfiles } from './service-profiles';
import { Capability } from '../../model/capabilities';
import { routesOnServices } from '../gateway-api';
import { MeshDriver } from '../mesh-driver';
import { smi } from '../smi';

const INJECT = { annotations: { 'linkerd.io/inject': 'enabled' } };

