import { ApiObject, ApiObjectMetadata, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';

/** A service account without the token setting that cdk8s-plus would add. */
export function renderServiceAccount(scope: Construct, id: string, metadata: ApiObjectMetadata): kplus.ServiceAccount {
  const account = new kplus.ServiceAccount(scope, id, { metadata });
  ApiObject.of(account).addJsonPatch(JsonPatch.remove('/automountServiceAccountToken'));
  return account;
}
