import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { redeemExchangeCode } from "@/lib/signin/delivery";
import { ExchangeBody } from "@/lib/signin/inputs";

export const POST = route({
  guard: apiKey,
  body: ExchangeBody,
  run: ({ app, by, body }) => redeemExchangeCode(app, body.code, by),
});
