/** Email about a change of the second factors, passkeys or recovery codes. */
import { Layout } from "./layout";
import { Action, Facts, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface FactorChanged {
  at: string;
  device: string | null;
  change: "added" | "replaced" | "removed" | "reset" | "codes_replaced" | "code_used";
  /** What was added or removed, such as "an authenticator app"; null for the other changes. */
  factor: string | null;
  /** How many recovery codes are left. */
  codesLeft: number | null;
  /** The account page. null for developers, whose email names the dashboard. */
  link: string | null;
}

function sentence({ change, factor, codesLeft }: FactorChanged): string {
  const noun = factor ?? "a second factor";
  switch (change) {
    case "added":
      return `You can now use ${noun} to sign in.`;
    case "replaced":
      return `You can now use ${noun} to sign in. The one from before no longer works.`;
    case "removed":
      return `You can no longer use ${noun} to sign in.`;
    case "reset":
      return "All second factors, passkeys and recovery codes of your account were removed.";
    case "codes_replaced":
      return "You have new recovery codes. The ones from before no longer work.";
    case "code_used":
      return `A recovery code was used to sign in. You have ${codesLeft ?? 0} left.`;
  }
}

const SUBJECTS = {
  added: "You added a way to confirm your sign-in to",
  replaced: "You replaced a way to confirm your sign-in to",
  removed: "A way to confirm your sign-in was removed from",
  reset: "Your second factors were reset at",
  codes_replaced: "You have new recovery codes for",
  code_used: "A recovery code was used at",
} as const;

export const factorChanged: EmailTemplate<FactorChanged> = {
  subject: ({ change }, { appName }) => `${SUBJECTS[change]} ${appName}`,
  Email: ({ brand, subject, ...data }) => (
    <Layout
      brand={brand}
      preview={sentence(data)}
      title={subject}
      footer={`You received this email because the sign-in settings of your account at ${brand.appName} changed.`}
    >
      <Paragraph>{sentence(data)}</Paragraph>
      <Facts facts={{ Time: data.at, Device: data.device }} />
      <Paragraph>
        If this was you, you don't need to do anything. If it wasn't, change your password and check your account now.
      </Paragraph>
      {data.link ? (
        <Action brand={brand} href={data.link}>
          Check your account
        </Action>
      ) : null}
    </Layout>
  ),
};
