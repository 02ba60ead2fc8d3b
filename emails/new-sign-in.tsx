/** Email about a sign-in on a new device or from a new network. */
import { Layout } from "./layout";
import { Action, Facts, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface NewSignIn {
  at: string;
  device: string | null;
  ip: string | null;
  method: string;
  link: string | null;
}

export const newSignIn: EmailTemplate<NewSignIn> = {
  subject: (_, { appName }) => `New sign-in to ${appName}`,
  Email: ({ brand, subject, at, device, ip, method, link }) => (
    <Layout
      brand={brand}
      preview="Your account was used on a new device or from a new network."
      title={subject}
      footer={`You received this email because your account at ${brand.appName} was used on a new device or from a new network.`}
    >
      <Facts facts={{ Time: at, Device: device, "IP address": ip, Method: method }} />
      <Paragraph>
        If this was you, you don't need to do anything. If it wasn't, sign out this session and change your password.
      </Paragraph>
      {link ? (
        <Action brand={brand} href={link}>
          View sessions
        </Action>
      ) : null}
    </Layout>
  ),
};
