// The second factor by email: a button sends the code, then the user enters it.
import { CodeField } from "@/app/_ui/code-field";
import { textLinkClass } from "@/app/_ui/text-link";
import { maskEmail } from "@/lib/text/mask-email";
import { Alert } from "../alert";
import { BrandButton, PostForm } from "../form";
import { LtrText } from "../isolated-text";
import { FormExtras } from "./form-extras";
import type { WayProps } from "./way-props";

export function EmailWay(props: WayProps) {
  const { app, pending, problem, sent } = props;
  const hidden = { sign_in: pending.id, way: "email" };
  const address = <LtrText className="font-medium text-ink">{maskEmail(pending.user.email ?? "")}</LtrText>;
  if (!sent) {
    return (
      <PostForm app={app} path="second-factor/email" hidden={hidden} className="grid gap-5">
        {problem && (
          <Alert tone="danger" role="alert">
            {problem}
          </Alert>
        )}
        <p className="text-sm text-ink-muted">We’ll email a 6-digit code to {address}.</p>
        <BrandButton className="w-full">Email me a code</BrandButton>
      </PostForm>
    );
  }
  return (
    <>
      <PostForm app={app} path="second-factor" hidden={{ ...hidden, sent: "1" }} className="grid gap-5">
        <CodeField
          label="Code from the email"
          hint={<>We emailed a 6-digit code to {address}. It can take a minute to arrive.</>}
          problem={problem}
          autoFocus
        />
        <FormExtras app={app} pending={pending} />
        <BrandButton className="w-full">Continue</BrandButton>
      </PostForm>
      <PostForm
        app={app}
        path="second-factor/email"
        hidden={hidden}
        className="mt-4 text-center text-sm text-ink-muted"
      >
        Didn’t get it? Check your spam folder, or{" "}
        <button type="submit" className={`cursor-pointer pointer-coarse:py-2 ${textLinkClass}`}>
          send it again
        </button>
        .
      </PostForm>
    </>
  );
}
