import { Action, Layout, Paragraph } from "./layout";
import type { Template } from "./template";

export interface ResetPassword {
  link: string;
  minutes: number;
}

export const resetPassword: Template<ResetPassword> = {
  subject: (_, { appName }) => `Reset your password for ${appName}`,
  Mail: ({ brand, link, minutes }) => (
    <Layout
      brand={brand}
      preview={`Choose a new password within ${minutes} minutes.`}
      title="Choose a new password"
      footer="You get this mail because somebody asked for it with this address. If it was not you, do nothing: your password stays as it is."
    >
      <Paragraph>
        Follow the link to choose a new password for {brand.appName}. It works once, within {minutes} minutes. Every
        device that is signed in now will have to sign in again.
      </Paragraph>
      <Action brand={brand} href={link}>
        Choose a new password
      </Action>
    </Layout>
  ),
};
