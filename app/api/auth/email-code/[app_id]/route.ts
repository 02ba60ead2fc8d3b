import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { EmailCodeBody } from "@/lib/signin/inputs";
import { sendEmailCode } from "@/lib/signin/send-email-code";

export const POST = route({
  guard: apiKey,
  body: EmailCodeBody,
  status: 202,
  run: ({ app, by, body: { email } }) => sendEmailCode(app, email, by),
});
