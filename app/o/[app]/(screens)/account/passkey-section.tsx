// Passkeys of the account: add, rename, remove.
import { Fingerprint } from "lucide-react";
import { Button, ButtonLink, buttonClass } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";
import type { App } from "@/lib/apps/apps";
import type { FactorSummary } from "@/lib/factors/factor";
import { worksOnHostedPages } from "@/lib/factors/passkey/site";
import { hasAnotherWayIn, listWaysIn } from "@/lib/users/ways-in";
import { PostForm } from "../form";
import { IsolatedText } from "../isolated-text";
import { screenPath } from "../screen";
import { FactorRow, FactorTimes, RemoveFactor } from "./factors";
import { Section } from "./section";

type PasskeysProps = { app: App; userId: string; passkeys: FactorSummary[] };

export async function Passkeys({ app, userId, passkeys }: PasskeysProps) {
  const isOffered = app.settings.passkeys;
  if (!worksOnHostedPages(app.settings) && passkeys.length === 0) return null;
  const ways = await listWaysIn(app, userId);
  return (
    <Section
      title="Passkeys"
      description={
        isOffered
          ? "Sign in with your fingerprint, face or device lock instead of your password."
          : "Sign-in with passkeys is currently disabled."
      }
      actions={
        worksOnHostedPages(app.settings) && (
          <ButtonLink
            href={screenPath(app, "account/passkeys")}
            prefetch={false}
            variant="secondary"
            size="sm"
            className="noscript:hidden"
          >
            Add passkey
          </ButtonLink>
        )
      }
    >
      {passkeys.length === 0 ? (
        <p className="text-sm text-ink-muted">No passkeys yet.</p>
      ) : (
        <ul className="-my-4 divide-y divide-line">
          {passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              app={app}
              passkey={passkey}
              mayRemove={!isOffered || hasAnotherWayIn(ways, { passkey: passkey.id })}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

function PasskeyRow({ app, passkey, mayRemove }: { app: App; passkey: FactorSummary; mayRemove: boolean }) {
  const name = passkey.name ?? "Passkey";
  return (
    <FactorRow
      icon={<Fingerprint aria-hidden="true" className="size-5" strokeWidth={1.5} />}
      title={<IsolatedText>{name}</IsolatedText>}
      text={
        <>
          <FactorTimes factor={passkey} />
          {!mayRemove && " · your only sign-in method"}
        </>
      }
      below={<Rename app={app} passkey={passkey} name={name} />}
    >
      {mayRemove && <RemoveFactor app={app} factor={passkey} what={name} />}
    </FactorRow>
  );
}

function Rename({ app, passkey, name }: { app: App; passkey: FactorSummary; name: string }) {
  return (
    <details className="group text-sm">
      <summary
        className={`${buttonClass("quiet", "sm")} -ml-3 list-none group-open:hidden [&::-webkit-details-marker]:hidden`}
      >
        Rename<span className="sr-only"> {name}</span>
      </summary>
      <PostForm
        app={app}
        path="account/passkeys/rename"
        hidden={{ passkey: passkey.id }}
        className="mt-2 flex max-w-md items-end gap-3"
      >
        <div className="flex-1">
          <Field name="name" label="Name" defaultValue={name} required maxLength={100} autoComplete="off" />
        </div>
        <Button type="submit" variant="secondary">
          Save name
        </Button>
      </PostForm>
    </details>
  );
}
