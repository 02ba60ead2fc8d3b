// A developer forgot the password: the link to a new one by mail, or the operator's help where no mail goes out.
import type { Metadata } from "next";
import { AuthPage } from "@/app/_ui/auth-page";
import { CodeBlock } from "@/app/_ui/code-block";
import { TextLink } from "@/app/_ui/text-link";
import { RESET_MINUTES } from "@/lib/account/forgot-password";
import { hasTransport } from "@/lib/mail/transport";
import { ForgotForm } from "./forgot-form";

export const metadata: Metadata = { title: "Forgotten password" };

export default function ForgotPasswordPage() {
  return (
    <AuthPage
      title="Forgot your password?"
      description="Type your address, and the link to a new one is mailed to it."
      footer={
        <p>
          It came back to you? <TextLink href="/login">Log in</TextLink>
        </p>
      }
    >
      <ForgotForm minutes={RESET_MINUTES} />
      {!hasTransport() && <NoMail />}
    </AuthPage>
  );
}

/** Nobody but the operator can read the mailbox of tenant zero. */
function NoMail() {
  return (
    <div className="mt-7 grid gap-3 border-t border-line pt-6 text-sm text-ink-muted">
      <p>
        This installation sends no mail; it keeps it. Whoever runs the server finds yours with this command, and opens
        its link:
      </p>
      <CodeBlock title="For the operator" code={"npm run -s foyer -- \\\n  mail last --to you@example.com"} />
    </div>
  );
}
