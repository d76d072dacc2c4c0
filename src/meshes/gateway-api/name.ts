/** Name of the mesh. */
export const NAME = 'gateway-api';
