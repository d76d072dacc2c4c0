import { NETWORKING, SECURITY } from './config';
import { meshEntries } from './entries';
import { sidecarRoutes } from './sidecar-routes';
import { ADMITTED, MeshReader } from '../../../evaluation/reader';

/** What Istio makes of manifests. */
export const istioReader: MeshReader = {
  name: 'istio',
  evidence: (cluster) => (cluster.objects.some(({ group }) => group === NETWORKING || group === SECURITY) ? 2 : 0),
  meshRoutes: sidecarRoutes,
  admit: () => ADMITTED,
  entries: meshEntries,
};
