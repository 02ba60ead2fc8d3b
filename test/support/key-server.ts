/** A server on 127.0.0.1 that has the keys of a client at its `jwks_uri`. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

export interface KeyServer {
  uri: string;
  /** The keys that it answers with. */
  keys: object[];
  headers: Record<string, string>;
  /** Instead of the keys. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | null;
  /** The number of requests. */
  asked: number;
}

export async function startKeyServer(keys: object[]): Promise<KeyServer> {
  const state: KeyServer = { uri: "", keys, headers: {}, answer: null, asked: 0 };
  const server = createServer((request, response) => {
    state.asked++;
    if (state.answer) return state.answer(request, response);
    response.writeHead(200, { "content-type": "application/jwk-set+json", ...state.headers });
    response.end(JSON.stringify({ keys: state.keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return state;
}
