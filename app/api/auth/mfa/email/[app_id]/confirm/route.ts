import { confirmOwnEmailFactor } from "@/lib/factors/email/enrollment";
import { CodeBody } from "@/lib/factors/inputs";
import { signedInUserOfApp } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: signedInUserOfApp,
  body: CodeBody,
  run: async ({ app, user, sessionId, body: { code } }) => {
    const codes = await confirmOwnEmailFactor(app, { user, sessionId }, code);
    return codes ? { recovery_codes: codes } : {};
  },
});
