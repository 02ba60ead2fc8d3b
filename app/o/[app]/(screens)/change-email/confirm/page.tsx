// Behind the mail to a new address: use it from now on.
import type { Metadata } from "next";
import { lookAtEmailChange } from "@/lib/account/change-email";
import { BrandButton, PostForm } from "../../form";
import { IsolatedText, LtrText } from "../../isolated-text";
import { linkMetadata, openLink } from "../../link";
import { PageCard } from "../../page-card";
import type { ScreenProps } from "../../screen";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return linkMetadata(props, "change_email", "Use this address?");
}

export default async function ChangeEmailPage(props: ScreenProps) {
  const { app, token, found } = await openLink(props, "change_email", lookAtEmailChange);
  return (
    <PageCard
      app={app}
      title="Use this address?"
      description={
        <p>
          The account of {found.before ? <LtrText>{found.before}</LtrText> : "somebody"} at{" "}
          <IsolatedText className="font-medium text-ink">{app.name}</IsolatedText> would use{" "}
          <LtrText className="font-medium text-ink">{found.email}</LtrText> from now on.
        </p>
      }
    >
      <PostForm app={app} path="change-email" hidden={{ token }} className="grid">
        <BrandButton>Use this address</BrandButton>
      </PostForm>
      <p className="mt-5 text-sm text-ink-muted">
        If that is not your account, close this page. Nothing changes then, and nobody learns anything of you.
      </p>
    </PageCard>
  );
}
