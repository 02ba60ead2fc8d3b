import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { redeemCode } from "@/lib/signin/deliver";
import { ExchangeBody } from "@/lib/signin/inputs";

export const POST = route({
  guard: apiKey,
  body: ExchangeBody,
  run: ({ app, by, body }) => redeemCode(app, body.code, by),
});
