import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { SignInBody } from "@/lib/signin/inputs";
import { signIn } from "@/lib/signin/password";

export const POST = route({ guard: apiKey, body: SignInBody, run: ({ app, by, body }) => signIn(app, body, by) });
