/** Email with a 6-digit code that signs in, without a link. */
import { Layout } from "./layout";
import { Code, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface SignInCode {
  code: string;
  minutes: number;
}

export const signInCode: EmailTemplate<SignInCode> = {
  subject: (_, { appName }) => `Your code for ${appName}`,
  Email: ({ brand, subject, code, minutes }) => (
    <Layout
      brand={brand}
      preview={`This code works once and expires in ${minutes} minutes.`}
      title={subject}
      footer="If you didn't request this, you can ignore this email."
    >
      <Paragraph>Enter this code to sign in. It works once and expires in {minutes} minutes.</Paragraph>
      <Code>{code}</Code>
      <Paragraph>Don't share this code with anyone: it signs in to your account.</Paragraph>
    </Layout>
  ),
};
