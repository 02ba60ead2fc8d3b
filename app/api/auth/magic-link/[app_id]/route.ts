import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { LIMITS, limitByUserAddress } from "@/lib/limits/rate-limit";
import { MagicLinkBody } from "@/lib/signin/inputs";
import { sendMagicLink } from "@/lib/signin/magic-link";

export const POST = route({
  guard: apiKey,
  body: MagicLinkBody,
  status: 202,
  run: async ({ app, by, body: { email, redirect_uri: redirectUri, state } }) => {
    await limitByUserAddress(LIMITS.askedMail, app.id);
    return sendMagicLink(app, { email, redirectUri, state }, by);
  },
});
