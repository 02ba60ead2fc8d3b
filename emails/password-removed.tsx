/** Email about a password that was removed because its account's email address was not verified. */
import { Layout } from "./layout";
import { Action, Facts, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface PasswordRemoved {
  at: string;
  /** The page that sends a password reset link. */
  link: string | null;
}

export const passwordRemoved: EmailTemplate<PasswordRemoved> = {
  subject: (_, { appName }) => `Your password for ${appName} was removed`,
  Email: ({ brand, subject, at, link }) => (
    <Layout
      brand={brand}
      preview="Set a new password if you want to sign in with one."
      title={subject}
      footer={`You received this email because the password of your account at ${brand.appName} was removed.`}
    >
      <Facts facts={{ Time: at }} />
      <Paragraph>
        You signed in and so verified your email address. It was not verified when the account's password was set, so
        another person could have set it. We removed that password and signed out every other device.
      </Paragraph>
      <Paragraph>If you want to sign in with a password again, set a new one.</Paragraph>
      {link ? (
        <Action brand={brand} href={link}>
          Set a new password
        </Action>
      ) : null}
    </Layout>
  ),
};
