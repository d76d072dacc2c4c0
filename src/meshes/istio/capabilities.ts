import { CAPABILITIES, Capability } from '../../model/capabilities';

/** A VirtualService, a DestinationRule and an AuthorizationPolicy together can say all that a model can. */
export const ISTIO_CAPABILITIES: ReadonlySet<Capability> = new Set(Object.keys(CAPABILITIES) as Capability[]);
