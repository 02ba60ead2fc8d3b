import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { MagicLinkBody } from "@/lib/signin/inputs";
import { sendMagicLink } from "@/lib/signin/send-magic-link";

export const POST = route({
  guard: apiKey,
  body: MagicLinkBody,
  status: 202,
  run: ({ app, by, body: { email, redirect_uri: redirectUri, state } }) =>
    sendMagicLink(app, { email, redirectUri, state }, by),
});
