/** Names of the meshes. */
export const NAME = 'smi';
export const OPEN_SERVICE_MESH = 'open-service-mesh';
