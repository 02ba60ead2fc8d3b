import { Action, Layout, Paragraph } from "./layout";
import type { Template } from "./template";

export interface AccountExists {
  link: string | null;
}

/** To somebody whose address was typed where a new one was wanted. */
export const accountExists: Template<AccountExists> = {
  subject: (_, { appName }) => `You have an account at ${appName} already`,
  Mail: ({ brand, link }) => (
    <Layout
      brand={brand}
      preview="Sign in instead; nothing was changed."
      title="You have an account already"
      footer="You get this mail because somebody typed this address. If it was not you, do nothing: nothing was changed."
    >
      <Paragraph>
        Somebody wanted to use this address at {brand.appName}, but there is an account with it already. If it was you,
        sign in, or choose a new password if you forgot the old one.
      </Paragraph>
      {link ? (
        <Action brand={brand} href={link}>
          Sign in
        </Action>
      ) : null}
    </Layout>
  ),
};
