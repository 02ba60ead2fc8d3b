/** The groups of the API reference, in their order. */

import type { Handler } from "@/lib/http/handler";
import type { Group } from "@/lib/http/openapi/operation";
import { account } from "./account";
import { apps, events, keys, signingKeys } from "./apps";
import { claims } from "./claims";
import { clients, scopes } from "./clients";
import { connections } from "./connections";
import { factors } from "./factors";
import { operationsGroup } from "./operations";
import { passkeys } from "./passkeys";
import { provider } from "./provider";
import { registration } from "./registration";
import { resources } from "./resources";
import { signIn } from "./sign-in";
import { social } from "./social";
import { users } from "./users";

/** `openapi`: the handler of GET /api/openapi.json, which imports this list and so is passed in. */
export function listGroups(openapi: Handler): Group[] {
  return [
    signIn,
    social,
    account,
    factors,
    passkeys,
    users,
    clients,
    scopes,
    resources,
    claims,
    connections,
    provider,
    registration,
    apps,
    keys,
    signingKeys,
    events,
    operationsGroup(openapi),
  ];
}
