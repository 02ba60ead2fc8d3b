/** The OpenAPI document. It is built on its first use, because `next build` imports every route. */
import { env } from "@/lib/env";
import type { Handler } from "@/lib/http/handler";
import { type ApiDocument, buildDocument } from "@/lib/http/openapi/document";
import { listGroups } from "./list";

const ABOUT = `Every App has users, keys and an issuer of its own. Bodies are JSON unless said otherwise; members that are not known are dropped.
Paths work with and without a trailing slash.

## Authentication
Each call says what it takes:

- **API key**: the App's server shows it as \`Authorization: Bearer foyer_sk_…\`. It may do everything to its App, and nothing to another.
- **User's token**: the JWT of a session, or an OAuth client's access token, as \`Authorization: Bearer eyJ…\`.
- **Client secret**: an OAuth client's id and secret by HTTP Basic, or as \`client_id\` and \`client_secret\` in the form.

## Errors
There is one shape:

\`\`\`json An error
{
  "error": "invalid_request",
  "error_description": "email: must be one e-mail address, like bob@example.com",
  "request_id": "req_5f2c9a7be01d43c8a6e4f013",
  "fields": { "email": "must be one e-mail address, like bob@example.com" }
}
\`\`\`

\`error\` is a stable code, for programs. \`error_description\` says what was wrong and what to do, for people. \`request_id\`, which is also in the
header \`X-Request-Id\` of every answer, finds the request in the log and in the events. \`fields\` names what is wrong with the input. Another App's object
is \`not_found\`, like one that does not exist. Under \`/o\` errors are those of the standards: \`error\` and \`error_description\`.

Beside what is listed with it, a call may answer 405 with \`Allow\`, and 503 with \`Retry-After\` when the database is away.

## Lists
A list answers \`{"data": […], "next_cursor": …}\`. Send \`next_cursor\` as \`cursor\` for the next page, until it is null; \`limit\` is up to 100.

## Creating once
Every creation takes an \`Idempotency-Key\`: any text of your own, new for each thing. Sent again within a day, the call creates nothing and gets
the first answer, so that a lost answer can be asked for again.

## Whom you call for
Your server calls for many people from one address. Send the person's own as \`Foyer-Client-IP\`: limits and events then see the person.
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
