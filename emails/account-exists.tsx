/**
 * Email to an address that a user wanted to change to, although it already belongs to an account.
 */
import { Layout } from "./layout";
import { Action, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface AccountExists {
  link: string | null;
}

export const accountExists: EmailTemplate<AccountExists> = {
  subject: (_, { appName }) => `You already have an account at ${appName}`,
  Email: ({ brand, subject, link }) => (
    <Layout
      brand={brand}
      preview="Nothing was changed. Sign in with this email address instead."
      title={subject}
      footer="If you didn't request this, you can ignore this email."
    >
      <Paragraph>
        A user asked to change their email address at {brand.appName} to this one. It already belongs to your account,
        so nothing was changed. If that was you, sign in with this email address, or reset your password if you forgot
        it.
      </Paragraph>
      {link ? (
        <Action brand={brand} href={link}>
          Sign in
        </Action>
      ) : null}
    </Layout>
  ),
};
