/** The OpenAPI document. It is built on its first use, because `next build` imports every route. */
import { env } from "@/lib/env";
import type { Handler } from "@/lib/http/handler";
import { type ApiDocument, buildDocument } from "@/lib/http/openapi/document";
import { listGroups } from "./list";

const ABOUT = `Every app has its own users, keys and issuer. Bodies are JSON unless stated otherwise.
Under \`/api\`, an unknown field or query parameter is rejected with its name and the nearest known one. Under \`/o\`, it is ignored (RFC 6749 §3.1).
Paths work with and without a trailing slash.

## Authentication
Each endpoint lists the credentials that it accepts:

- **API key**: your server sends it as \`Authorization: Bearer foyer_sk_…\`. A key has full access to its own app and no access to others.
- **User token**: the JWT of a session, or an OAuth client's access token, as \`Authorization: Bearer eyJ…\`.
- **Client secret**: an OAuth client's ID and secret with HTTP Basic, or as \`client_id\` and \`client_secret\` in the form.

## Errors
All errors under \`/api\` have the same shape:

\`\`\`json An error
{
  "error": "invalid_request",
  "error_description": "email: must be one email address, like bob@example.com",
  "request_id": "req_5f2c9a7be01d43c8a6e4f013",
  "fields": { "email": "must be one email address, like bob@example.com" }
}
\`\`\`

\`error\` is a stable code for programs. \`error_description\` says what was wrong and what to do. \`request_id\` is also in the
\`X-Request-Id\` header of every response; use it to find the request in the log and in the events. \`fields\` lists the invalid fields.
An object of another app is \`not_found\`. Under \`/o\`, errors follow the OAuth standards: \`error\` and \`error_description\`.

In addition to its listed errors, an endpoint can return 431 if the headers are larger than 16 KiB, 405 with \`Allow\`, and 503 with \`Retry-After\` if the database is unavailable.

## Pagination
A list returns \`{"data": […], "next_cursor": …}\`. Send \`next_cursor\` as \`cursor\` to get the next page, until it is null. \`limit\` is at most 100.

## Idempotency
Every endpoint that creates an object accepts an \`Idempotency-Key\` header: any unique string. A request with the same key within
24 hours creates nothing and returns the first response, so you can retry safely.

## Client IP address
Your server sends requests for many users from one IP address. Send the user's IP address as \`Foyer-Client-IP\`, so that rate limits
and events apply to the user.
`;

let document: ApiDocument | undefined;

/** `openapi` is the handler of GET /api/openapi.json, as in list.ts. */
export function apiDocumentWith(openapi: Handler): ApiDocument {
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
    listGroups(openapi),
  );
  return document;
}

let text: string | undefined;

export function apiDocumentText(openapi: Handler): string {
  text ??= JSON.stringify(apiDocumentWith(openapi));
  return text;
}
