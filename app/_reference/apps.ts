/** An App itself: settings, keys, members, signing keys, events. */

import { GET as getEvent } from "@/app/api/v1/apps/[app_id]/events/[event_id]/route";
import { GET as listEvents } from "@/app/api/v1/apps/[app_id]/events/route";
import * as oneKey from "@/app/api/v1/apps/[app_id]/keys/[key_id]/route";
import * as allKeys from "@/app/api/v1/apps/[app_id]/keys/route";
import { GET as listMembers } from "@/app/api/v1/apps/[app_id]/members/route";
import * as app from "@/app/api/v1/apps/[app_id]/route";
import { POST as retire } from "@/app/api/v1/apps/[app_id]/signing-keys/[kid]/retire/route";
import { POST as rotate } from "@/app/api/v1/apps/[app_id]/signing-keys/rotate/route";
import { GET as listSigningKeys } from "@/app/api/v1/apps/[app_id]/signing-keys/route";
import type { Group } from "@/lib/http/openapi/operation";
import { created, done, ok } from "./answer";
import { ApiKey, App, Event, Member, NewApiKey, RetiredKey, RotatedKeys, SigningKey } from "./answers/apps";
import { page } from "./answers/fields";

const APP = "/api/v1/apps/{app_id}";

export const apps: Group = {
  slug: "app",
  name: "App",
  description: "The App itself: its name, its settings, and the developers who may see or change it.",
  operations: [
    {
      id: "getApp",
      method: "get",
      path: APP,
      handler: app.GET,
      summary: "Read the App",
      answers: [ok("The App.", App)],
    },
    {
      id: "updateApp",
      method: "patch",
      path: APP,
      handler: app.PATCH,
      summary: "Change the App",
      description: "Settings that are left out stay as they are; lists are replaced. A change works at once.",
      answers: [ok("The App as it is now.", App)],
      examples: [{ body: { name: "Photo Blog", settings: { signups: "closed", branding: { color: "#1f5c4d" } } } }],
    },
    {
      id: "listMembers",
      method: "get",
      path: `${APP}/members`,
      handler: listMembers,
      summary: "List members",
      answers: [ok("A page of members, the first one first.", page(Member))],
    },
  ],
};

export const keys: Group = {
  slug: "api-keys",
  name: "API keys",
  description: "What your server shows to Foyer. A key may do everything that is described here to its App.",
  operations: [
    {
      id: "listApiKeys",
      method: "get",
      path: `${APP}/keys`,
      handler: allKeys.GET,
      summary: "List API keys",
      description: "Newest first, revoked ones too; never the keys themselves.",
      answers: [ok("A page of keys.", page(ApiKey))],
    },
    {
      id: "createApiKey",
      method: "post",
      path: `${APP}/keys`,
      handler: allKeys.POST,
      summary: "Create an API key",
      answers: [created("The new key, shown this once.", NewApiKey)],
      examples: [{ body: { name: "production" } }],
    },
    {
      id: "getApiKey",
      method: "get",
      path: `${APP}/keys/{key_id}`,
      handler: oneKey.GET,
      summary: "Read an API key",
      answers: [ok("The key, without the key itself.", ApiKey)],
    },
    {
      id: "revokeApiKey",
      method: "delete",
      path: `${APP}/keys/{key_id}`,
      handler: oneKey.DELETE,
      summary: "Revoke an API key",
      description: "At once and everywhere. Revoking twice is no error.",
      answers: [done("The key is refused from now on.")],
    },
  ],
};

export const signingKeys: Group = {
  slug: "signing-keys",
  name: "Signing keys",
  description: "What the App signs tokens with. Their public parts are in its JWKS.",
  operations: [
    {
      id: "listSigningKeys",
      method: "get",
      path: `${APP}/signing-keys`,
      handler: listSigningKeys,
      summary: "List signing keys",
      answers: [ok("A page of keys, by algorithm.", page(SigningKey))],
    },
    {
      id: "rotateSigningKeys",
      method: "post",
      path: `${APP}/signing-keys/rotate`,
      handler: rotate,
      summary: "Rotate the signing keys",
      description:
        "The next key, published long ago, signs from now on; the present one goes on verifying until its last token has expired.",
      answers: [ok("What became of which key.", RotatedKeys)],
      examples: [{ body: { alg: "ES256" } }],
    },
    {
      id: "retireSigningKey",
      method: "post",
      path: `${APP}/signing-keys/{kid}/retire`,
      handler: retire,
      summary: "Retire a signing key at once",
      description:
        "For a key that somebody else may have. Every token that it signed is refused here from now on, and by other verifiers once they fetch the JWKS again, which may be kept for five minutes. Sessions and refresh tokens live on.",
      answers: [ok("What became of it, and what signs now.", RetiredKey)],
      errors: ["key_retired"],
    },
  ],
};

export const events: Group = {
  slug: "events",
  name: "Events",
  description: "The audit trail: every sign-in, change and grant, and every rejected request with what was wrong.",
  operations: [
    {
      id: "listEvents",
      method: "get",
      path: `${APP}/events`,
      handler: listEvents,
      summary: "List events",
      description: "Newest first.",
      answers: [ok("A page of events.", page(Event))],
      examples: [{ query: { type: "user.signed_in", limit: "20" } }],
    },
    {
      id: "getEvent",
      method: "get",
      path: `${APP}/events/{event_id}`,
      handler: getEvent,
      summary: "Read an event",
      answers: [ok("The event.", Event)],
    },
  ],
};
