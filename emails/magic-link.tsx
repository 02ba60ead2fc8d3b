import { Action, Code, Layout, Paragraph } from "./layout";
import type { Template } from "./template";

export interface MagicLink {
  link: string;
  code: string | null;
  minutes: number;
}

export const magicLink: Template<MagicLink> = {
  subject: (_, { appName }) => `Sign in to ${appName}`,
  Mail: ({ brand, link, code, minutes }) => (
    <Layout
      brand={brand}
      preview={`Your link to sign in. It works once, within ${minutes} minutes.`}
      title={`Sign in to ${brand.appName}`}
      footer="You get this mail because somebody asked to sign in with this address. If it was not you, do nothing: without this mail nobody gets in."
    >
      <Paragraph>Follow the link to sign in. It works once, within {minutes} minutes.</Paragraph>
      <Action brand={brand} href={link}>
        Sign in
      </Action>
      {code ? (
        <>
          <Paragraph>Reading this on another device? Type this code where you wanted to sign in:</Paragraph>
          <Code>{code}</Code>
        </>
      ) : null}
    </Layout>
  ),
};
