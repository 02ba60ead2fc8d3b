import { ChallengeBody } from "@/lib/factors/inputs";
import { optionalApiKey } from "@/lib/http/guards";
import { SENT } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { sendSecondFactorCode } from "@/lib/signin/challenge-factor";

export const POST = route({
  guard: optionalApiKey,
  body: ChallengeBody,
  status: 202,
  run: async ({ app, body: { mfa_token: token } }) => {
    await sendSecondFactorCode(app, { token });
    return SENT;
  },
});
