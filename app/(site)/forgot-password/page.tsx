// What a developer who forgot the password can do: ask the operator, who has a command for it.
import type { Metadata } from "next";
import { CodeBlock } from "@/app/_ui/code-block";
import { Doorway } from "@/app/_ui/doorway";
import { TextLink } from "@/app/_ui/text-link";

export const metadata: Metadata = { title: "Forgotten password" };

const setPassword = `npm run -s foyer -- \\
  developers set-password \\
  --email you@example.com \\
  --password '…'`;

export default function ForgotPasswordPage() {
  return (
    <Doorway
      title="Forgot your password?"
      footer={
        <p>
          It came back to you? <TextLink href="/login">Log in</TextLink>
        </p>
      }
    >
      <div className="grid gap-4 text-sm text-ink-muted">
        <p>
          This installation cannot send mail, so there is no link to reset it. Whoever runs the server can give you a
          new password with this command:
        </p>
        <CodeBlock title="For the operator" code={setPassword} />
        <p>It ends every session of yours. Log in with the new password, then change it under Account.</p>
      </div>
    </Doorway>
  );
}
