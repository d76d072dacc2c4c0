import { Request, RequestProtocol, Source } from './request';

/** A request as users write it. */
export interface RequestText {
  readonly source: Source;
  readonly host: string;
  readonly port: number;
  readonly protocol?: RequestProtocol;
  /** With or without a query. */
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly serverName?: string;
}

/** Fills in what was not said, and takes apart what one text holds. */
export function toRequest(text: RequestText): Request {
  const [path, query] = cut(text.path ?? '/', '?');
  const protocol = text.protocol ?? 'HTTP';
  return {
    source: text.source,
    host: text.host.toLowerCase().replace(/:[0-9]+$/, '').replace(/\.$/, ''),
    port: text.port,
    protocol,
    scheme: 'http',
    path: cut(path, '#')[0],
    query: parameters(query),
    method: text.method ?? (protocol === 'GRPC' ? 'POST' : 'GET'),
    headers: new Map(Object.entries(text.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
    serverName: text.serverName?.toLowerCase(),
  };
}

function parameters(query: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (!found.has(name)) found.set(name, value);
  }
  return found;
}

function cut(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
