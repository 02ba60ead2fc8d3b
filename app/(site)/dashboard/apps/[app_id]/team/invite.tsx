"use client";

import { useState } from "react";
import { Form } from "@/app/_ui/form";
import { FormField, FormSelect } from "@/app/_ui/form-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { inviteAction } from "./actions";
import { ROLE_OPTIONS } from "./roles";

export function Invite({ appId }: { appId: string }) {
  // A new form for the next one.
  const [round, setRound] = useState(0);
  return (
    <Form
      key={round}
      action={inviteAction}
      hidden={{ app_id: appId }}
      success="The invitation is on its way"
      onSuccess={() => setRound(round + 1)}
    >
      <FormField
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="off"
        maxLength={320}
        dir="ltr"
        required
      />
      <FormSelect label="Role" name="role" options={ROLE_OPTIONS} defaultValue="admin" />
      <SubmitButton className="justify-self-start">Send invitation</SubmitButton>
    </Form>
  );
}
