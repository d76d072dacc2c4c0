/*
 * Every code a finding can have, with its one-line cause. Codes are stable: docs/findings.md explains each, and a code that goes out of use
 * is not used again for something else.
 */

/** What makes synthesis fail. */
export const ERROR_CODES = {
  'access-invalid': 'a client in `allowFrom` cannot exist',
  'adoption-invalid': 'an existing object that cannot be read, or does not fit the service as it is',
  'adoption-mixed': 'a setting of the root beside an existing Service',
  'adoption-selectors': 'an adoption for which the selector of a Service or Deployment would have to change',
  'autoscaling-invalid': 'an autoscaler with numbers that cannot be, or with nothing to measure by',
  'autoscaling-mixed': 'an autoscaler beside a number of pods',
  'capability-missing': 'the mesh, or the gateway, cannot do what is declared',
  'capacity-invalid': 'a number of pods in the capacity of a rollout that cannot be',
  'capacity-short': 'a version gets more traffic for each of its pods than the stable version before the rollout',
  'conditions-contradict': 'no request can meet all conditions of one match',
  'conditions-inexpressible': 'two conditions hold at once and no single condition says both',
  'controller-unfit': 'a controller cannot carry out what is declared',
  'deployment-labels': 'an existing Deployment carries labels that contradict the identity of the version',
  'deployment-mixed': 'an existing Deployment that cannot be this version, or settings that it cannot take',
  'disruption-budget-invalid': 'a disruption budget out of range',
  'exposure-invalid': 'the hosts or conditions of a gateway exposure do not fit the gateway or the port',
  'fault-all-traffic': 'a fault without conditions, and nobody said that it is meant for all traffic',
  'fault-invalid': 'a fault with a share, delay or status that does not exist',
  'gateway-invalid': 'a setting of a gateway that cannot be, or that what is exposed on it decides',
  'gateway-unknown': 'a condition names a gateway that the service is not exposed on',
  'header-invalid': 'a header name or value that HTTP does not allow',
  'label-invalid': 'a label key or value that Kubernetes refuses',
  'lane-invalid': 'a lane without a header, a cookie or a value',
  'listener-duplicate': 'two listeners of a gateway share a name, or a port and hosts',
  'listener-invalid': 'a listener with a port, protocol, host or TLS setting that cannot be',
  'listener-missing': 'the gateway has no listener of a protocol that fits the port',
  'match-invalid': 'a condition that no request can be compared with',
  'mesh-missing': 'no mesh was chosen',
  'mirror-invalid': 'a mirror share outside 0 to 100',
  'mirror-self': 'requests are mirrored to the version that answers them',
  'name-invalid': 'a name that Kubernetes or the mesh refuses',
  'object-duplicate': 'two objects of one kind have one name in one namespace',
  'object-overrules': 'the mesh ignores the service because of another object of the app',
  'order-inexpressible': 'the mesh has an order of rules of its own, and the declared one cannot be said in it',
  'path-invalid': 'a path that no request can have',
  'pods-invalid': 'pod settings that are missing, said twice, or refused by cdk8s-plus',
  'policy-invalid': 'a load-balancing, connection-pool or outlier-detection setting out of range',
  'port-duplicate': 'two ports share a number or a name',
  'port-invalid': 'a port of a service with a number, protocol or setting that cannot be',
  'port-unknown': 'a port is referred to that the service does not have',
  'redirect-invalid': 'a redirect that goes nowhere or has a status that is none',
  'redirect-mixed': 'a redirect together with settings for forwarded requests',
  'regex-invalid': 'a regular expression that is not RE2',
  'replicas-invalid': 'a replica count that is no whole number from 0 on, or does not make the weights where nothing else does',
  'retries-invalid': 'retries that cannot be carried out',
  'rewrite-invalid': 'a rewrite that does not fit the conditions of its rule',
  'rollout-invalid': 'a rollout that cannot be carried out, whatever the service',
  'rollout-mixed': 'a rollout beside shares that stand still',
  'rollout-unfit': 'a rollout that the service or its mesh cannot go through',
  'root-duplicate': 'two services of this library have one root in one namespace',
  'root-selector-unfit': 'the root Service selects other pods than the mesh needs behind it',
  'rule-duplicate': 'a rule has the same conditions as one before it',
  'rule-needs-http': 'HTTP conditions or filters on a port that does not carry HTTP',
  'rule-unreachable': 'rules before it take every request that this one would match',
  'selector-overlap': 'the selector of one Deployment also selects the pods of another version',
  'service-type-invalid': 'a type of Service that has no pods to share traffic between',
  'split-mixed': 'weights beside a split by the number of pods',
  'stage-missing': 'a service with a rollout, and nothing says at which stage it is',
  'stage-unknown': 'a stage that the rollout does not have',
  'step-idle': 'a step of a rollout that changes nothing, or leads back',
  'target-port-missing': 'no container listens on the port that the Services send to',
  'timeout-invalid': 'a timeout below one millisecond',
  'version-duplicate': 'two versions have one name or one label',
  'version-unknown': 'a version is referred to that is not declared',
  'version-unused': 'a version that no stage of the rollout has',
  'version-without-replicas': 'a version gets traffic and has no pods',
  'versions-missing': 'a service without versions',
  'warning-unknown': 'a warning is accepted that does not exist',
  'weight-invalid': 'a weight that is no whole number from 0 to 1000000',
  'weights-missing': 'several versions and nothing says how they share the traffic',
  'weights-zero': 'all weights are 0, so that no version gets traffic',
} as const;

/** What works as declared, and may still not be what was meant. */
export const WARNING_CODES = {
  'adoption-outside-mesh': 'the pods of an existing Deployment lack what brings pods into the mesh',
  'attempt-unlimited': 'the mesh does not limit the time of the last attempt',
  'gateway-deprecated': 'the gateway is archived or deprecated by its own project',
  'mesh-deprecated': 'the mesh or its routes are archived or deprecated by their own project',
  'plain-clients-bypass': 'clients without a proxy get versions in shares far from those declared',
} as const;

export const FINDING_CODES = { ...ERROR_CODES, ...WARNING_CODES };

export type ErrorCode = keyof typeof ERROR_CODES;
export type WarningCode = keyof typeof WARNING_CODES;
export type FindingCode = ErrorCode | WarningCode;
