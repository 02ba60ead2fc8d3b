import { askPasswordReset } from "@/lib/account/forgot-password";
import { AddressBody } from "@/lib/account/inputs";
import { apiKey } from "@/lib/http/guards";
import { SENT } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: apiKey,
  body: AddressBody,
  status: 202,
  run: async ({ app, by, body }) => {
    await askPasswordReset(app, body.email, by);
    return SENT;
  },
});
