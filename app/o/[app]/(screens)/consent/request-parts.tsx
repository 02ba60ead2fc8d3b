// Parts of the pages that ask for access: the title, the access duration and the client's legal links.
import { TextLink } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import type { Client } from "@/lib/oauth/clients/client";
import { IsolatedText } from "../isolated-text";
import { screenPath } from "../screen";

/** A very long name is set in a smaller size, so that the rest of the page stays visible. */
export function ConsentTitle({ name }: { name: string }) {
  return (
    <span className={name.length > 60 ? "text-base" : undefined}>
      <IsolatedText className="font-semibold">{name}</IsolatedText> wants to access your account
    </span>
  );
}

type AccessDurationProps = {
  app: App;
  offlineAccess: boolean;
  /** The session that the access ends with: on this device, … */
  where: string;
};

export function AccessDuration({ app, offlineAccess, where }: AccessDurationProps) {
  return (
    <section aria-labelledby="how-long" className="text-sm">
      <h2 id="how-long" className="font-medium text-ink-muted">
        Access duration
      </h2>
      <p className="mt-1.5">
        {offlineAccess
          ? "Until you disconnect the app in "
          : `While you’re signed in ${where}, until you disconnect the app in `}
        <TextLink href={screenPath(app, "account")}>your account</TextLink>
        {offlineAccess && ", even while you’re away"}.
      </p>
    </section>
  );
}

/** The client's own privacy policy and terms of service. */
export function LegalLinks({ client }: { client: Client }) {
  const links = [
    [client.policy_uri, "Privacy policy"],
    [client.tos_uri, "Terms of service"],
  ].filter((link): link is [string, string] => Boolean(link[0]));
  if (links.length === 0) return null;
  return (
    <p className="mt-5 flex flex-wrap justify-center gap-x-4 gap-y-1 text-sm text-ink-muted">
      {links.map(([href, label]) => (
        <TextLink key={label} href={href} rel="noreferrer nofollow">
          {label}
        </TextLink>
      ))}
    </p>
  );
}
