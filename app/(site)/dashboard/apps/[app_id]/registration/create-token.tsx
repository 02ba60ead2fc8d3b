"use client";

// Form to create a registration token, replaced by the token, which is shown once.
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Form } from "@/app/_ui/form";
import { FormSelect } from "@/app/_ui/form-field";
import { NewSecret } from "@/app/_ui/new-secret";
import { SubmitButton } from "@/app/_ui/submit-button";
import { createTokenAction } from "./actions";

const LIFETIMES = [
  { value: "86400", label: "In one day" },
  { value: "604800", label: "In 7 days" },
  { value: "2592000", label: "In 30 days" },
  { value: "31536000", label: "In one year" },
  { value: "", label: "Never" },
];

export function CreateToken({ appId }: { appId: string }) {
  const [version, setVersion] = useState(0);
  return (
    <Form key={version} action={createTokenAction} hidden={{ app_id: appId }}>
      {({ ok, data }) =>
        ok && data ? (
          <div className="grid gap-4">
            <NewSecret name="registration token" secret={data.token}>
              Give it to the developer of the application, who sends it as Bearer token to the registration endpoint.
            </NewSecret>
            <Button variant="secondary" className="justify-self-start" onClick={() => setVersion(version + 1)}>
              I’ve copied the token
            </Button>
          </div>
        ) : (
          <div className="flex flex-wrap items-end gap-3">
            <div className="w-44">
              <FormSelect label="Expires" name="expires_in" options={LIFETIMES} defaultValue="604800" />
            </div>
            <SubmitButton>Create token</SubmitButton>
          </div>
        )
      }
    </Form>
  );
}
