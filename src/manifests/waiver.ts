/** Annotations `lint.cdk8s-canary/<code>: "off: <reason>"`, or another severity in place of `off`. */
export const WAIVER_PREFIX = 'lint.cdk8s-canary/';
