// After the right code: asks whether to keep a password that was set before the email address was verified.
import { loadSession } from "@/app/_server/hosted";
import { Button } from "@/app/_ui/button";
import { errorSentence } from "@/app/_ui/error-sentence";
import { PasswordField } from "@/app/_ui/password-field";
import type { App } from "@/lib/apps/apps";
import { findKeepablePassword } from "@/lib/hosted/links/known-password";
import { parseEmail } from "@/lib/users/email";
import { BrandButton, PostForm } from "../form";

interface PasswordDecisionProps {
  app: App;
  interactionId: string;
  email: string;
  /** The rest of a sentence about the password. */
  problem: string | undefined;
}

/** Two forms, so that Enter in the field of the password keeps it. */
export async function PasswordDecision({ app, interactionId, email, problem }: PasswordDecisionProps) {
  const keepable = await findKeepablePassword(app, parseEmail(email)?.canonical ?? "", () => loadSession(app));
  return (
    <div className="grid gap-3">
      {keepable && (
        <PostForm
          app={app}
          path="magic-link/password"
          hidden={{ interaction: interactionId, keep_password: "1" }}
          className="grid gap-5"
        >
          {keepable.sessionId ? (
            <p className="text-sm text-ink-muted">You signed in with this password in this browser.</p>
          ) : (
            <>
              <input type="text" autoComplete="username" defaultValue={email} readOnly hidden />
              <PasswordField
                name="password"
                label="Enter the password to keep it"
                autoComplete="current-password"
                error={problem && errorSentence("The password", problem)}
              />
            </>
          )}
          <BrandButton className="w-full">Keep the password and sign in</BrandButton>
        </PostForm>
      )}
      <PostForm app={app} path="magic-link/password" hidden={{ interaction: interactionId }}>
        <Button type="submit" variant="secondary" size="lg" className="w-full">
          {keepable ? "Remove the password and sign in" : "Sign in"}
        </Button>
      </PostForm>
    </div>
  );
}
