import { appInPath } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { RefreshBody } from "@/lib/signin/inputs";
import { refresh } from "@/lib/signin/refresh";

export const POST = route({
  guard: appInPath,
  body: RefreshBody,
  run: ({ app, body }) => refresh(app, body.refresh_token),
});
