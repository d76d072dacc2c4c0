/** DNS domain of a cluster where nothing else is said. */
export const CLUSTER_DOMAIN = 'cluster.local';
