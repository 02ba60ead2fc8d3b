import { RegisterBody } from "@/lib/factors/passkey/inputs";
import { failBearer, signedInOrPending } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { registerOwnPasskey, registerPendingPasskey } from "@/lib/signin/enroll-passkey";

export const POST = route({
  guard: signedInOrPending,
  body: RegisterBody,
  status: 201,
  run: ({ app, current, body: { mfa_token: token, ...registration } }) =>
    token === undefined
      ? registerOwnPasskey(app, current ?? failBearer(), registration)
      : registerPendingPasskey(app, token, registration),
});
