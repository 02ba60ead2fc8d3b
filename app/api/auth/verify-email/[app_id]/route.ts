import { EmailBody } from "@/lib/account/inputs";
import { requestVerification } from "@/lib/account/send-verification";
import { apiKey } from "@/lib/http/guards";
import { SENT } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: apiKey,
  body: EmailBody,
  status: 202,
  run: async ({ app, by, body }) => {
    await requestVerification(app, body.email, by);
    return SENT;
  },
});
