import { PasskeySignInBody } from "@/lib/factors/passkey/inputs";
import { listPasskeys } from "@/lib/factors/passkey/own-passkeys";
import { optionalApiKey, signedInUserOfApp } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { completeSignIn } from "@/lib/signin/complete";
import { proveByPasskey } from "@/lib/signin/passkey";

export const GET = route({
  guard: signedInUserOfApp,
  run: async ({ app, user }) => ({ data: await listPasskeys(app, user.id) }),
});

export const POST = route({
  guard: optionalApiKey,
  body: PasskeySignInBody,
  run: async ({ app, body }) => completeSignIn(app, await proveByPasskey(app, body.response)),
});
