import { ChallengeBody } from "@/lib/factors/inputs";
import { optionalApiKey } from "@/lib/http/guards";
import { json, NO_STORE, SENT } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { passkeyChallenge, sendSecondFactorCode } from "@/lib/signin/challenge-factor";

export const POST = route({
  guard: optionalApiKey,
  body: ChallengeBody,
  status: 202,
  run: async ({ app, body: { mfa_token: token, method } }) => {
    if (method === "passkey") return json(await passkeyChallenge(app, { token }), { headers: NO_STORE });
    await sendSecondFactorCode(app, { token });
    return SENT;
  },
});
