import { ConfirmBody } from "@/lib/factors/inputs";
import { failBearer, signedInOrPending } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { confirmOwnTotp, confirmPendingTotp } from "@/lib/signin/enroll-totp";

export const POST = route({
  guard: signedInOrPending,
  body: ConfirmBody,
  run: async ({ app, current, body: { mfa_token: token, code } }) => {
    if (token !== undefined) return confirmPendingTotp(app, token, code);
    const codes = await confirmOwnTotp(app, current ?? failBearer(), code);
    return codes ? { recovery_codes: codes } : {};
  },
});
