// The forms for the code of an authenticator app and for a recovery code.
import { CodeField } from "@/app/_ui/code-field";
import { errorSentence } from "@/app/_ui/error-sentence";
import { Field } from "@/app/_ui/field";
import { BrandButton, PostForm } from "../form";
import { FormExtras } from "./form-extras";
import type { WayProps } from "./way-props";

export function AuthenticatorForm({ app, pending, problem }: WayProps) {
  return (
    <PostForm app={app} path="second-factor" hidden={{ sign_in: pending.id, way: "totp" }} className="grid gap-5">
      <CodeField
        label="Code from your authenticator app"
        hint="Open the app on your phone. It shows 6 digits, and new ones every 30 seconds."
        problem={problem}
        autoFocus
      />
      <FormExtras app={app} pending={pending} />
      <BrandButton className="w-full">Continue</BrandButton>
    </PostForm>
  );
}

export function RecoveryCodeForm({ app, pending, problem }: WayProps) {
  return (
    <PostForm
      app={app}
      path="second-factor"
      hidden={{ sign_in: pending.id, way: "recovery_code" }}
      className="grid gap-5"
    >
      <Field
        name="code"
        label="Recovery code"
        hint="One of the ten codes that you saved when you added your second factor. Each code works once."
        error={problem && errorSentence("The code", problem)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="xxxx-xxxx-xxxx-xxxx"
        required
        maxLength={100}
        autoFocus
      />
      <BrandButton className="w-full">Continue</BrandButton>
    </PostForm>
  );
}
