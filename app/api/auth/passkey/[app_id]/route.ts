import { PasskeySignInBody } from "@/lib/factors/passkey/inputs";
import { listPasskeys } from "@/lib/factors/passkey/own-passkeys";
import { optionalApiKey, signedInUserOfApp } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { signInByPasskey } from "@/lib/signin/api-passkey";

export const GET = route({
  guard: signedInUserOfApp,
  run: async ({ app, user }) => ({ data: await listPasskeys(app, user.id) }),
});

export const POST = route({
  guard: optionalApiKey,
  body: PasskeySignInBody,
  run: ({ app, body }) => signInByPasskey(app, body.response),
});
