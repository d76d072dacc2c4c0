import { StringMatch, stringMatch, StringMatches } from './string-match';
import { Field } from '../../../manifests/field';

/** One entry of a rule's `match`. */
export interface HttpMatch {
  readonly place: string;
  readonly name: string;
  readonly uri?: StringMatch;
  readonly scheme?: StringMatch;
  readonly method?: StringMatch;
  readonly authority?: StringMatch;
  readonly headers: StringMatches;
  readonly withoutHeaders: StringMatches;
  readonly queryParams: StringMatches;
  readonly ignoreUriCase: boolean;
  /** 0: any. */
  readonly port: number;
  readonly sourceLabels: Readonly<Record<string, string>>;
  /** Empty: any. */
  readonly sourceNamespace: string;
  /** As in `VirtualService.gateways`; none: any. */
  readonly gateways: readonly string[];
}


/** @param gatewayName full name of a gateway */
export function httpMatch(field: Field, gatewayName: (name: string) => string): HttpMatch {
  return {
    place: field.place,
    name: field.at('name').text() ?? '',
    uri: stringMatch(field.at('uri')),
    scheme: stringMatch(field.at('scheme')),
    method: stringMatch(field.at('method')),
    authority: stringMatch(field.at('authority')),
    headers: stringMatches(field.at('headers')),
    withoutHeaders: stringMatches(field.at('withoutHeaders')),
    queryParams: stringMatches(field.at('queryParams')),
    ignoreUriCase: field.at('ignoreUriCase').flag() ?? false,
    port: field.at('port').integer() ?? 0,
    sourceLabels: field.at('sourceLabels').textMap(),
    sourceNamespace: field.at('sourceNamespace').text() ?? '',
    gateways: field.at('gateways').texts().map(gatewayName),
  };
}

/** A name without a test asks for the header, or the parameter, to be there. */
function stringMatches(field: Field): StringMatches {
  return new Map(field.entries().map(([name, value]) => [name, stringMatch(value) ?? { kind: 'any', value: '' }]));
}
