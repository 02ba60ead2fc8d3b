// Email change: the page that the link sent to the new email address opens.
import type { Metadata } from "next";
import { peekEmailChange } from "@/lib/account/change-email";
import { BrandButton, PostForm } from "../../form";
import { IsolatedText, LtrText } from "../../isolated-text";
import { linkMetadata, openLink } from "../../link";
import { PageCard } from "../../page-card";
import type { ScreenProps } from "../../screen";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return linkMetadata(props, "change_email", "Change your email address?");
}

export default async function ChangeEmailPage(props: ScreenProps) {
  const { app, token, found } = await openLink(props, "change_email", peekEmailChange);
  return (
    <PageCard
      app={app}
      title="Change your email address?"
      description={
        <p>
          The <IsolatedText className="font-medium text-ink">{app.name}</IsolatedText> account
          {found.before && (
            <>
              {" "}
              <LtrText>{found.before}</LtrText>
            </>
          )}{" "}
          will use <LtrText className="font-medium text-ink">{found.email}</LtrText> instead.
        </p>
      }
    >
      <PostForm app={app} path="change-email" hidden={{ token }} className="grid">
        <BrandButton>Change email address</BrandButton>
      </PostForm>
      <p className="mt-5 text-sm text-ink-muted">If this isn’t your account, close this page. Nothing will change.</p>
    </PageCard>
  );
}
