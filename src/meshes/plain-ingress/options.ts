/**
 * A certificate for some of the hosts that are exposed on an Ingress.
 */
export interface IngressTls {
  /**
   * Name of the Secret with the certificate, in the namespace of the exposed service (`name-invalid` if it cannot be a name).
   */
  readonly secretName: string;

  /**
   * Hosts that the certificate is for: DNS names, "*." and a DNS name for one label before it, or "*". A host has one certificate
   * (`gateway-invalid` otherwise).
   *
   * @default ['*']
   */
  readonly hosts?: string[];
}

/**
 * What all kinds of Ingresses have in common.
 */
export interface IngressOptions {
  /**
   * Name that the Ingresses end with, a DNS label (`name-invalid` otherwise).
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Certificates. A host without one is served without TLS.
   *
   * @default - none
   */
  readonly tls?: IngressTls[];

  /**
   * Annotations of every Ingress, in the words of the controller.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Service account of the controller's pods, if they belong to the mesh of the services behind it. Services with `allowFrom` in a mesh let it in
   * when they are exposed, and cannot be exposed without (`exposure-invalid`).
   *
   * @default - none: the controller's pods do not belong to a mesh
   */
  readonly serviceAccountName?: string;

  /**
   * Name of the Service of the controller's pods, beside them. Open Service Mesh lets a controller in by its Service only, and has to watch that
   * namespace, without sidecars in it.
   *
   * @default - none: services of that mesh cannot be exposed (`exposure-invalid`)
   */
  readonly serviceName?: string;
}
