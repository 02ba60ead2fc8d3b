/** Email to the old address when a user requests a change of their email address, and after it. */
import { Layout } from "./layout";
import { Action, Facts, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface AddressChanged {
  at: string;
  /** Masked, unless the reader may see all of it. */
  newEmail: string;
  stage: "asked" | "done";
  link: string | null;
}

export const addressChanged: EmailTemplate<AddressChanged> = {
  subject: ({ stage }, { appName }) =>
    stage === "done"
      ? `Your email address for ${appName} was changed`
      : `A change of your email address for ${appName} was requested`,
  Email: ({ brand, subject, at, newEmail, stage, link }) => (
    <Layout
      brand={brand}
      preview={stage === "done" ? "If you changed it, you don't need to do anything." : "Nothing has changed yet."}
      title={subject}
      footer={`You received this email because this ${stage === "done" ? "was" : "is"} the email address of your account at ${brand.appName}.`}
    >
      <Facts facts={{ Time: at, "New email address": newEmail }} />
      <Paragraph>
        {stage === "done"
          ? `If you changed it, you don't need to do anything. If you didn't, contact ${brand.appName} immediately.`
          : "If you requested this, you don't need to do anything. If you didn't, change your password now: that cancels the request."}
      </Paragraph>
      {link ? (
        <Action brand={brand} href={link}>
          View account
        </Action>
      ) : null}
    </Layout>
  ),
};
