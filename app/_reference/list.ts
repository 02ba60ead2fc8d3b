/** Everything that is described, in the order of the reference. */
import type { Group } from "@/lib/http/openapi/operation";
import { account } from "./account";
import { apps, events, keys, signingKeys } from "./apps";
import { clients, scopes } from "./clients";
import { connections } from "./connections";
import { operations } from "./operations";
import { provider } from "./provider";
import { signIn } from "./sign-in";
import { social } from "./social";
import { users } from "./users";

export const GROUPS: Group[] = [
  signIn,
  social,
  account,
  users,
  clients,
  scopes,
  connections,
  provider,
  apps,
  keys,
  signingKeys,
  events,
  operations,
];
