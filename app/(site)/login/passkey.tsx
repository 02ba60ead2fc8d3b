"use client";

// Sign-in of developers with a passkey.
import { useActionState } from "react";
import { UNTOUCHED } from "@/app/_server/form-state";
import { PasskeySignIn } from "@/app/_ui/passkey-sign-in";
import { passkeySignInAction } from "./actions";

export function DeveloperPasskey({ appId, next }: { appId: string; next: string }) {
  const [state, submit] = useActionState(passkeySignInAction, UNTOUCHED);
  const rejection = state.ok === false ? state.message : undefined;
  return <PasskeySignIn appId={appId} action={submit} hidden={{ next }} below rejection={rejection} />;
}
