/** Email with a magic link, and with a 6-digit code for signing in on another device. */
import { Layout } from "./layout";
import { Action, Code, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface MagicLink {
  link: string;
  code: string | null;
  minutes: number;
}

export const magicLink: EmailTemplate<MagicLink> = {
  subject: (_, { appName }) => `Sign in to ${appName}`,
  Email: ({ brand, subject, link, code, minutes }) => (
    <Layout
      brand={brand}
      preview={`This link works once and expires in ${minutes} minutes.`}
      title={subject}
      footer="If you didn't request this, you can ignore this email."
    >
      <Paragraph>Use this link to sign in. It works once and expires in {minutes} minutes.</Paragraph>
      <Action brand={brand} href={link}>
        Sign in
      </Action>
      {code ? (
        <>
          <Paragraph>To sign in on another device, enter this code there:</Paragraph>
          <Code>{code}</Code>
        </>
      ) : null}
    </Layout>
  ),
};
