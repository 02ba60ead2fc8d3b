import { EnrollBody } from "@/lib/factors/inputs";
import { totpEnrollmentView } from "@/lib/factors/totp/enrollment";
import { failBearer, signedInOrPending } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { startOwnTotp, startPendingTotp } from "@/lib/signin/enroll-totp";

export const POST = route({
  guard: signedInOrPending,
  body: EnrollBody,
  bodyOptional: true,
  run: async ({ app, current, body: { mfa_token: token } }) => {
    if (token !== undefined) return totpEnrollmentView(await startPendingTotp(app, token));
    return totpEnrollmentView(await startOwnTotp(app, current ?? failBearer()));
  },
});
