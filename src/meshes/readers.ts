import { Readers } from '../evaluation/evaluator';

/** Readers of all meshes and gateways, a line each. */
export const READERS: Readers = {
  meshes: [],
  gateways: [],
};
