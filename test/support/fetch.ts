/** `fetch` for OAuth libraries: calls the handler of the URL, without a server. */
import { findHandler } from "./oauth";

export async function handlerFetch(address: string, init: object): Promise<Response> {
  const request = new Request(address, init);
  const { handler, params } = await findHandler(request.method, address);
  const caller = { requestId: "req_test", ip: "192.0.2.1", userAgent: "test" };
  return handler(request, { params: Promise.resolve(params), caller });
}
