/** Email about a password that was kept when its account's email address was verified. */
import { Layout } from "./layout";
import { Action, Facts, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface PasswordKept {
  at: string;
  /** The page that sends a password reset link. */
  link: string | null;
}

export const passwordKept: EmailTemplate<PasswordKept> = {
  subject: (_, { appName }) => `You kept your password for ${appName}`,
  Email: ({ brand, subject, at, link }) => (
    <Layout
      brand={brand}
      preview="If this wasn't you, set a new password."
      title={subject}
      footer={`You received this email because the email address of your account at ${brand.appName} was verified.`}
    >
      <Facts facts={{ Time: at }} />
      <Paragraph>
        You signed in and so verified your email address. It was not verified when the account's password was set. You
        showed that you know that password, so we kept it. We signed out every other device, and removed linked accounts
        and second factors.
      </Paragraph>
      <Paragraph>If this wasn't you, or if another person knows the password, set a new one.</Paragraph>
      {link ? (
        <Action brand={brand} href={link}>
          Set a new password
        </Action>
      ) : null}
    </Layout>
  ),
};
