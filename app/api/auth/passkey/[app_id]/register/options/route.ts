import { RegisterOptionsBody } from "@/lib/factors/passkey/inputs";
import { failBearer, signedInOrPending } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { ownCreationOptions, pendingCreationOptions } from "@/lib/signin/enroll-passkey";

export const POST = route({
  guard: signedInOrPending,
  body: RegisterOptionsBody,
  bodyOptional: true,
  run: ({ app, current, body: { mfa_token: token } }) =>
    token === undefined ? ownCreationOptions(app, current ?? failBearer()) : pendingCreationOptions(app, token),
});
