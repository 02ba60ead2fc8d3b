/** The OpenAPI document: made once, when it is first asked for, since `next build` imports every route. */
import { env } from "@/lib/env";
import { type ApiDocument, buildDocument } from "@/lib/http/openapi/document";
import { GROUPS } from "./list";

const ABOUT = `Every App has users, keys and an issuer of its own.

Calls marked *API key* are made by the App's server, with the key in the header: \`Authorization: Bearer foyer_sk_…\`.
Bodies are JSON unless said otherwise; unknown members are dropped. Paths work with and without a trailing slash.

**Errors** have one shape: \`error\` is a stable code, \`error_description\` says what was wrong and what to do, \`request_id\` finds the
request in the log and in the events, and \`fields\` names what is wrong with the input. Every call may also answer 405 with \`Allow\`, and 503
with \`Retry-After\` when the database is away.

**Lists** answer \`{"data": […], "next_cursor": …}\`: send \`next_cursor\` as \`cursor\` until it is null. **Creations** take an
\`Idempotency-Key\`: sent again within a day, the call creates nothing and gets the first answer. Pass the person's own address as
\`Foyer-Client-IP\` when your server calls for somebody: limits and events then see the person.`;

let document: ApiDocument | undefined;

export function apiDocument(): ApiDocument {
  document ??= buildDocument(
    {
      info: {
        title: "Foyer",
        version: "1",
        description: ABOUT,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: env().PUBLIC_URL }],
    },
    GROUPS,
  );
  return document;
}

let text: string | undefined;

export function apiDocumentText(): string {
  text ??= JSON.stringify(apiDocument());
  return text;
}
