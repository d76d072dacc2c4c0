import { Routing } from './routing';

/** Numbers of pods behind one Service, or its selector: whoever sends to it has its part. */
export const kubernetes: Routing = {
  routes: false,
  weights: false,
  headerRoutes: false,
  mirrorRoutes: false,
  limited: false,
  strategy: () => ({}),
  reaches: () => true,
  check: () => undefined,
  checkAdded: () => undefined,
  owned: () => [],
};
