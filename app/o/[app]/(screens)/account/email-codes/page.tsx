// Enables emailed codes: the code of an email shows that the user can read it.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { requireAccount } from "@/app/_server/hosted";
import { CodeField } from "@/app/_ui/code-field";
import { TextLink, textLinkClass } from "@/app/_ui/text-link";
import { findApp } from "@/lib/apps/apps";
import { BrandButton, PostForm } from "../../form";
import { LtrText } from "../../isolated-text";
import { PageCard } from "../../page-card";
import { screenPath } from "../../screen";

type EmailCodesProps = { params: Promise<{ app: string }> };

export async function generateMetadata({ params }: EmailCodesProps): Promise<Metadata> {
  const app = await findApp((await params).app);
  return { title: { absolute: app ? `Turn on emailed codes · ${app.name}` : "Not found" } };
}

export default async function EmailCodesPage({ params }: EmailCodesProps) {
  const { app, session, flash } = await requireAccount((await params).app, "account/email-codes");
  const { mfa, mfa_methods: methods } = app.settings;
  if (mfa === "off" || !methods.includes("email") || !session.email) redirect(screenPath(app, "account"));
  return (
    <PageCard
      app={app}
      title="Turn on emailed codes"
      description={
        <p>
          We emailed a 6-digit code to <LtrText className="font-medium text-ink">{session.email}</LtrText>. Enter it to
          show that you get our emails.
        </p>
      }
      footer={
        <p>
          <TextLink href={screenPath(app, "account")}>Cancel</TextLink>
        </p>
      }
    >
      <PostForm app={app} path="account/email-codes" className="grid gap-5">
        <CodeField
          label="Code from the email"
          problem={flash && !flash.ok ? (flash.fields?.code ?? flash.message) : undefined}
        />
        <BrandButton className="w-full">Turn on emailed codes</BrandButton>
      </PostForm>
      <PostForm app={app} path="account/email-codes/send" className="mt-4 text-center text-sm text-ink-muted">
        Didn’t get it? Check your spam folder, or{" "}
        <button type="submit" className={`cursor-pointer pointer-coarse:py-2 ${textLinkClass}`}>
          send it again
        </button>
        .
      </PostForm>
    </PageCard>
  );
}
