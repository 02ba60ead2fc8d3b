"use client";

import { useState } from "react";
import { Form } from "@/app/_ui/form";
import { FormField, FormSelect } from "@/app/_ui/form-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { inviteUserAction } from "./actions";

export function InviteForm({ appId, returnUrls }: { appId: string; returnUrls: string[] }) {
  // A new form for the next one.
  const [round, setRound] = useState(0);
  return (
    <Form
      key={round}
      action={inviteUserAction}
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
      {returnUrls.length > 0 && (
        <FormSelect
          label="Where to afterwards"
          name="redirect_uri"
          options={[
            { value: "", label: "Their account page" },
            ...returnUrls.map((url) => ({ value: url, label: url })),
          ]}
          hint="One of your return URLs, once they have accepted."
        />
      )}
      <SubmitButton className="justify-self-start">Send invitation</SubmitButton>
    </Form>
  );
}
