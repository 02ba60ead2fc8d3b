/** API reference: the app, its members, API keys, signing keys and events. */
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
import { created, noContent, ok } from "./responses";
import { ApiKey, App, Event, Member, NewApiKey, RetiredKey, RotatedKeys, SigningKey } from "./schemas/apps";
import { page } from "./schemas/fields";

const APP = "/api/v1/apps/{app_id}";

export const apps: Group = {
  slug: "app",
  name: "App",
  description: "The name, settings, and members of the app.",
  operations: [
    {
      id: "getApp",
      method: "get",
      path: APP,
      handler: app.GET,
      summary: "Get the app",
      answers: [ok("The app.", App)],
    },
    {
      id: "updateApp",
      method: "patch",
      path: APP,
      handler: app.PATCH,
      summary: "Update the app",
      description:
        "Omitted settings stay unchanged. Lists are replaced as a whole. Changes take effect immediately. At least one sign-in method must stay enabled: a method, passkeys or a connection. The settings `bot_check` = `turnstile` and `hcaptcha` need `bot_check_site_key` and `bot_check_secret`.",
      answers: [ok("The updated app.", App)],
      errors: ["no_sign_in_method"],
      examples: [{ body: { name: "Photo Blog", settings: { signups: "closed", branding: { color: "#1f5c4d" } } } }],
    },
    {
      id: "listMembers",
      method: "get",
      path: `${APP}/members`,
      handler: listMembers,
      summary: "List members",
      answers: [ok("A page of members, oldest first.", page(Member))],
    },
  ],
};

export const keys: Group = {
  slug: "api-keys",
  name: "API keys",
  description: "Your server authenticates with an API key. A key has full access to its app.",
  operations: [
    {
      id: "listApiKeys",
      method: "get",
      path: `${APP}/keys`,
      handler: allKeys.GET,
      summary: "List API keys",
      description: "Newest first, including revoked keys. The secret part of a key is never returned.",
      answers: [ok("A page of keys.", page(ApiKey))],
    },
    {
      id: "createApiKey",
      method: "post",
      path: `${APP}/keys`,
      handler: allKeys.POST,
      summary: "Create an API key",
      answers: [created("The new key. It is shown only once.", NewApiKey)],
      examples: [{ body: { name: "production" } }],
    },
    {
      id: "getApiKey",
      method: "get",
      path: `${APP}/keys/{key_id}`,
      handler: oneKey.GET,
      summary: "Get an API key",
      answers: [ok("The key, without its secret part.", ApiKey)],
    },
    {
      id: "revokeApiKey",
      method: "delete",
      path: `${APP}/keys/{key_id}`,
      handler: oneKey.DELETE,
      summary: "Revoke an API key",
      description: "Takes effect immediately. Revoking a revoked key succeeds.",
      answers: [noContent("The key was revoked.")],
    },
  ],
};

export const signingKeys: Group = {
  slug: "signing-keys",
  name: "Signing keys",
  description: "The keys that the app signs tokens with. Their public keys are in the JWKS.",
  operations: [
    {
      id: "listSigningKeys",
      method: "get",
      path: `${APP}/signing-keys`,
      handler: listSigningKeys,
      summary: "List signing keys",
      answers: [ok("A page of keys, ordered by algorithm.", page(SigningKey))],
    },
    {
      id: "rotateSigningKeys",
      method: "post",
      path: `${APP}/signing-keys/rotate`,
      handler: rotate,
      summary: "Rotate the signing keys",
      description:
        "The next key, which is already published, becomes active. The previous key verifies tokens until the last one has expired.",
      answers: [ok("The new state of each key.", RotatedKeys)],
      examples: [{ body: { alg: "ES256" } }],
    },
    {
      id: "retireSigningKey",
      method: "post",
      path: `${APP}/signing-keys/{kid}/retire`,
      handler: retire,
      summary: "Retire a signing key",
      description:
        "For a leaked key. Foyer immediately rejects every token that the key signed. Other verifiers reject them once they fetch the JWKS again, which can be cached for five minutes. Sessions and refresh tokens stay valid.",
      answers: [ok("The retired key and the key that is active now.", RetiredKey)],
      errors: ["key_retired"],
    },
  ],
};

export const events: Group = {
  slug: "events",
  name: "Events",
  description: "The audit log: every sign-in, change and grant, and every rejected request with its reason.",
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
      summary: "Get an event",
      answers: [ok("The event.", Event)],
    },
  ],
};
