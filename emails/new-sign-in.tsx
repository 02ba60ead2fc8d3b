import { Action, Facts, Layout, Paragraph } from "./layout";
import type { Template } from "./template";

export interface NewSignIn {
  at: string;
  device: string | null;
  ip: string | null;
  method: string;
  link: string | null;
}

export const newSignIn: Template<NewSignIn> = {
  subject: (_, { appName }) => `New sign-in to ${appName}`,
  Mail: ({ brand, at, device, ip, method, link }) => (
    <Layout
      brand={brand}
      preview="Somebody signed in on a device that we had not seen."
      title="A new sign-in"
      footer={`You get this mail because your account at ${brand.appName} was used on a device that was not seen before.`}
    >
      <Facts facts={{ When: at, Device: device, "IP address": ip, How: method }} />
      <Paragraph>If it was you, there is nothing to do. If not, end that session and change your password.</Paragraph>
      {link ? (
        <Action brand={brand} href={link}>
          Look at my sessions
        </Action>
      ) : null}
    </Layout>
  ),
};
