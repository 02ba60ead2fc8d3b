import { VerifyBody } from "@/lib/factors/inputs";
import { optionalApiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { verifySecondFactor } from "@/lib/signin/verify-factor";

export const POST = route({
  guard: optionalApiKey,
  body: VerifyBody,
  run: ({ app, body: { mfa_token: token, ...answer } }) => verifySecondFactor(app, token, answer),
});
