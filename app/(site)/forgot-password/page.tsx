// Forgot-password page for developers.
import type { Metadata } from "next";
import { AuthPage } from "@/app/_ui/auth-page";
import { BotCheck } from "@/app/_ui/bot-check/bot-check";
import { CodeBlock } from "@/app/_ui/code-block";
import { TextLink } from "@/app/_ui/text-link";
import { RESET_MINUTES } from "@/lib/account/forgot-password";
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";
import { hasTransport } from "@/lib/mail/transport";
import { ForgotForm } from "./forgot-form";

export const metadata: Metadata = { title: "Forgot password" };

export default async function ForgotPasswordPage() {
  return (
    <AuthPage
      title="Forgot your password?"
      description="Enter your email address, and we’ll send you a link to reset your password."
      footer={
        <p>
          Remember your password? <TextLink href="/login">Sign in</TextLink>
        </p>
      }
    >
      <ForgotForm minutes={RESET_MINUTES} check={<BotCheck app={await getApp(TENANT_ZERO)} form="forgot" />} />
      {!hasTransport() && <EmailNotConfigured />}
    </AuthPage>
  );
}

/** Without email delivery, only the operator can read the reset link. */
function EmailNotConfigured() {
  return (
    <div className="mt-7 grid gap-3 border-t border-line pt-6 text-sm text-ink-muted">
      <p>Email delivery isn’t configured on this server. Its operator can read your link with this command:</p>
      <CodeBlock title="For the operator" code={"npm run -s foyer -- \\\n  mail last --to you@example.com"} />
    </div>
  );
}
