import { getApp } from "@/lib/apps/apps";
import { parseInput } from "@/lib/input";
import {
  CreateRegistrationTokenBody,
  createRegistrationToken,
  listRegistrationTokens,
  revokeRegistrationToken,
} from "@/lib/oauth/registration/tokens";
import type { Command } from "../command";
import { APP_FLAG, secondsOf } from "../flags";

const BY = { type: "operator" } as const;

export const registrationTokensCreate: Command = {
  name: "registration-tokens create",
  help: "Create a token that allows its bearer to register OAuth clients (shown once)",
  flags: {
    app: APP_FLAG,
    expires: { value: "DURATION", help: "e.g. 7d; by default it is valid until you revoke it", field: "expires_in" },
  },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const input = parseInput(CreateRegistrationTokenBody, { expires_in: secondsOf(flags, "expires") });
    return createRegistrationToken(app.id, input, BY);
  },
};

export const registrationTokensList: Command = {
  name: "registration-tokens list",
  help: "List the registration tokens of an app, without the tokens themselves",
  flags: { app: APP_FLAG },
  columns: ["registration_token_id", "prefix", "status", "created_at", "last_used_at", "expires_at"],
  run: async (flags) => ({
    registration_tokens: await listRegistrationTokens((await getApp(flags.text("app"))).id),
  }),
};

export const registrationTokensRevoke: Command = {
  name: "registration-tokens revoke",
  help: "Revoke a registration token. Clients that were registered with it stay",
  flags: {
    app: APP_FLAG,
    "token-id": { value: "TOKEN_ID", required: true, help: "as `registration-tokens list` shows it" },
  },
  run: async (flags) => {
    await revokeRegistrationToken((await getApp(flags.text("app"))).id, flags.text("token-id"), BY);
    return { registration_token_id: flags.text("token-id"), revoked: true };
  },
};

export const commands: Command[] = [registrationTokensCreate, registrationTokensList, registrationTokensRevoke];
