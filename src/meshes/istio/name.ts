/** Name of the mesh, by which its parts know each other. */
export const NAME = 'istio';
