import { RenamePasskeyBody } from "@/lib/factors/passkey/inputs";
import { removePasskey, renamePasskey } from "@/lib/factors/passkey/own-passkeys";
import { signedInUserOfApp } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const PATCH = route({
  guard: signedInUserOfApp,
  body: RenamePasskeyBody,
  run: ({ app, user, sessionId, params, body }) =>
    renamePasskey(app, { userId: user.id, sessionId }, params.passkey_id ?? "", body.name),
});

export const DELETE = route({
  guard: signedInUserOfApp,
  status: 204,
  run: ({ app, user, sessionId, params }) =>
    removePasskey(app, { userId: user.id, sessionId }, params.passkey_id ?? ""),
});
