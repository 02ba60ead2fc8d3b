"use client";

// Form to create an API key, replaced by the key, which is shown once.
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { NewSecret } from "@/app/_ui/new-secret";
import { SubmitButton } from "@/app/_ui/submit-button";
import { createKeyAction } from "./actions";

export function CreateKey({ appId }: { appId: string }) {
  const [version, setVersion] = useState(0);
  return (
    <Form key={version} action={createKeyAction} hidden={{ app_id: appId }}>
      {({ ok, data }) =>
        ok && data ? (
          <div className="grid gap-4">
            <NewSecret name="API key" secret={data.apiKey}>
              Store it with your backend’s other secrets, for example in the environment variable{" "}
              <code className="font-mono text-[0.8125rem]">FOYER_API_KEY</code>. Never put it into a browser, a mobile
              application or a repository.
            </NewSecret>
            <Button variant="secondary" className="justify-self-start" onClick={() => setVersion(version + 1)}>
              I’ve copied the key
            </Button>
          </div>
        ) : (
          <div className="flex flex-wrap items-start gap-3">
            <div className="min-w-0 flex-1 basis-64 sm:max-w-md">
              <FormField
                label="Name"
                name="name"
                hint="A name to recognize the key."
                placeholder="Production backend"
                maxLength={100}
                autoComplete="off"
                required
              />
            </div>
            <SubmitButton className="sm:mt-6.5">Create key</SubmitButton>
          </div>
        )
      }
    </Form>
  );
}
