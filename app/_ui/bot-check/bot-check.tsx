// The bot check inside a form. Its client part fills in the field `bot_check` before the form is sent.
import type { App } from "@/lib/apps/apps";
import { needsBotCheck } from "@/lib/bot-check/check";
import { type CheckedFormName, checkedForm } from "@/lib/bot-check/forms";
import { parseEmail } from "@/lib/users/email";
import { ProofOfWork } from "./proof-of-work";
import { ProviderCheck } from "./provider-check";

type BotCheckProps = {
  app: App;
  form: CheckedFormName;
  /** What the user typed before, for a sign-in. */
  email?: string;
  /** Other forms that the same fields can be sent to, by a button with `formAction`. */
  alsoSentTo?: CheckedFormName;
  /** For a page that isn't rendered again after a failure. */
  always?: boolean;
};

export async function BotCheck({ app, form, email, alsoSentTo, always }: BotCheckProps) {
  const { bot_check: provider, bot_check_site_key: siteKey } = app.settings;
  if (provider === "off") return null;
  const needed = always || (await needsBotCheck(app, form, email ? parseEmail(email) : null));
  if (!needed && !alsoSentTo) return null;
  const { page } = checkedForm(form);
  const only = needed ? undefined : `/${alsoSentTo}/submit`;
  return (
    <>
      {provider === "altcha" ? (
        <ProofOfWork url={`/o/${app.id}/bot-check?page=${page}`} only={only} />
      ) : (
        siteKey && <ProviderCheck provider={provider} siteKey={siteKey} page={page} only={only} />
      )}
      <p className="hidden rounded-md bg-warning-soft px-3.5 py-3 text-sm text-warning noscript:block">
        {only ? "Signing in by email" : "This form"} checks that you’re not a robot, which needs JavaScript. Enable
        JavaScript for this site and reload the page.
      </p>
    </>
  );
}
