import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { SignUpBody } from "@/lib/signin/inputs";
import { signUp } from "@/lib/signin/sign-up";

export const POST = route({
  guard: apiKey,
  body: SignUpBody,
  status: 201,
  run: ({ app, by, body }) => signUp(app, body, by),
});
