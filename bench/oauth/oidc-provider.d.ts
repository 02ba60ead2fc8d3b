/** Types of the part of oidc-provider that the bench uses; the package has none. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  // biome-ignore lint/suspicious/noExplicitAny: configuration and models are described by the package's own documentation
  type Untyped = any;

  export default class Provider {
    constructor(issuer: string, configuration: Untyped);
    Grant: Untyped;
    proxy: boolean;
    use(middleware: (ctx: Untyped, next: () => Promise<void>) => Promise<void>): this;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Untyped>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: Untyped): Promise<void>;
  }
}
