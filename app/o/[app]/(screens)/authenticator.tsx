// The secret of a new authenticator app: QR code, text and link.
import { CopyButton } from "@/app/_ui/copy-button";
import { textLinkClass } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { type EnrollingUser, findTotpEnrollment, startTotpEnrollment } from "@/lib/factors/totp/enrollment";

/** In groups of four, which are easier to type. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? secret;
}

/** The same secret when the page is loaded again, so that a code of the first one confirms it. */
export async function AuthenticatorSecret({ app, user }: { app: App; user: EnrollingUser }) {
  const enrollment = (await findTotpEnrollment(app, user)) ?? (await startTotpEnrollment(app, user));
  const { secret, otpauthUri, qrSvg } = enrollment;
  const source = `data:image/svg+xml;base64,${Buffer.from(qrSvg).toString("base64")}`;
  return (
    <ol className="grid gap-5 text-sm">
      <li>
        <Step number={1}>Install an authenticator app on your phone, if you don’t have one.</Step>
      </li>
      <li>
        <Step number={2}>Scan this QR code with the app.</Step>
        {/* biome-ignore lint/performance/noImgElement: an inline image needs no optimization */}
        <img
          src={source}
          alt="QR code of the key below"
          width={176}
          height={176}
          className="mx-auto mt-4 size-44 rounded-md border border-line bg-white"
        />
        <p className="mt-4 text-ink-muted">
          Is the app on this device?{" "}
          <a href={otpauthUri} className={textLinkClass}>
            Open the authenticator app
          </a>
          , or enter this key:
        </p>
        <div className="mt-2 flex items-center gap-2 rounded-md border border-line bg-surface-sunken py-1 pr-1 pl-3">
          <code className="min-w-0 flex-1 py-1 font-mono text-[0.8125rem] select-all">{inGroups(secret)}</code>
          <CopyButton text={secret} what="key" />
        </div>
      </li>
      <li>
        <Step number={3}>Enter the 6 digits that the app shows.</Step>
      </li>
    </ol>
  );
}

function Step({ number, children }: { number: number; children: string }) {
  return (
    <p className="flex gap-3 font-medium">
      <span
        aria-hidden="true"
        className="grid size-5.5 shrink-0 place-items-center rounded-full bg-surface-sunken text-xs text-ink-muted"
      >
        {number}
      </span>
      {children}
    </p>
  );
}
