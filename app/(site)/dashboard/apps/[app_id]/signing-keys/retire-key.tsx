// Asks before a key is retired that somebody else may have, and says who will notice.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import { retireSigningKeyAction } from "./actions";
import type { SigningKey } from "./key-status";

/** Long enough to be meant. */
const TYPED_LENGTH = 8;

export function RetireKey({ signingKey, appId }: { signingKey: SigningKey; appId: string }) {
  const { kid, alg, status, activated_at: activatedAt } = signingKey;
  const short = kid.slice(0, TYPED_LENGTH);
  return (
    <ConfirmDialog
      trigger="Retire now"
      triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Retire the ${alg} key ${short} now` }}
      title="Retire this key now?"
      action={retireSigningKeyAction}
      hidden={{ app_id: appId, kid }}
      confirm="Retire for good"
      word={short}
      success="The key was retired"
    >
      <p>For a key that somebody else may have. To change keys without anybody noticing, rotate instead.</p>
      {activatedAt ? (
        <p className="rounded-md bg-danger-soft px-3.5 py-2.5 text-danger">
          <strong className="font-semibold">
            Every {alg} token that it signed since <RelativeTime at={new Date(activatedAt)} /> is refused at once.
          </strong>{" "}
          Your users and clients have to fetch new ones with their refresh tokens, which go on; other verifiers follow
          when they fetch the JWKS again, within five minutes as a rule.
        </p>
      ) : (
        <p>It has signed nothing yet, so nobody will notice.</p>
      )}
      {status === "active" && <p>The next key signs from now on.</p>}
      <p>A retired key cannot be brought back: its private part is destroyed.</p>
    </ConfirmDialog>
  );
}
