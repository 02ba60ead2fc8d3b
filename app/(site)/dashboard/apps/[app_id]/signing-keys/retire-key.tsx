// Button to retire a leaked signing key immediately, with the consequences.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import { retireSigningKeyAction } from "./actions";
import type { SigningKey } from "./key-status";

/** The number of characters of the key ID that the user must type. */
const TYPED_LENGTH = 8;

export function RetireKey({ signingKey, appId }: { signingKey: SigningKey; appId: string }) {
  const { kid, alg, status, activated_at: activatedAt } = signingKey;
  const short = kid.slice(0, TYPED_LENGTH);
  return (
    <ConfirmDialog
      trigger="Retire now"
      triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Retire now: ${alg} key ${short}` }}
      title="Retire this key now?"
      action={retireSigningKeyAction}
      hidden={{ app_id: appId, kid }}
      confirm="Retire key"
      word={short}
      success="Key retired"
    >
      <p>Do this only if the key may have leaked. To replace a key without interruption, rotate it instead.</p>
      {activatedAt ? (
        <p className="rounded-md bg-danger-soft px-3.5 py-2.5 text-danger">
          <strong className="font-semibold">
            Foyer immediately rejects all {alg} tokens that this key signed since{" "}
            <RelativeTime at={new Date(activatedAt)} />.
          </strong>{" "}
          Refresh tokens stay valid, so users and applications can get new tokens. Other services reject the tokens
          after they fetch the JWKS again, usually within five minutes.
        </p>
      ) : (
        <p>This key hasn’t signed any tokens.</p>
      )}
      {status === "active" && <p>The next key signs all new tokens.</p>}
      <p>The private key is deleted. You can’t undo this.</p>
    </ConfirmDialog>
  );
}
