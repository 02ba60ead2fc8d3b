/** Email with a 6-digit code that serves as the second factor of a sign-in. */
import { Layout } from "./layout";
import { Code, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface SecondFactorCode {
  code: string;
  minutes: number;
  /** Whether a sign-in needs it. Otherwise the user adds emailed codes as a second factor. */
  signIn: boolean;
}

export const secondFactorCode: EmailTemplate<SecondFactorCode> = {
  subject: ({ signIn }, { appName }) =>
    signIn ? `Confirm your sign-in to ${appName}` : `Confirm your email address at ${appName}`,
  Email: ({ brand, subject, code, minutes, signIn }) => (
    <Layout
      brand={brand}
      preview={`This code works once and expires in ${minutes} minutes.`}
      title={subject}
      footer={`You received this email because of your account at ${brand.appName}.`}
    >
      <Paragraph>
        {signIn
          ? "Enter this code to complete your sign-in."
          : "Enter this code to use emailed codes as a second factor."}{" "}
        It works once and expires in {minutes} minutes.
      </Paragraph>
      <Code>{code}</Code>
      <Paragraph>
        {signIn
          ? "If you aren't signing in, someone else knows your password or has one of your devices: change your password. Don't share this code."
          : "If you didn't request this, check your account. Don't share this code."}
      </Paragraph>
    </Layout>
  ),
};
