"use client";

// A name in, a key out: shown here, and nowhere ever again.
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { NewSecret } from "@/app/_ui/new-secret";
import { SubmitButton } from "@/app/_ui/submit-button";
import { createKeyAction } from "./actions";

export function CreateKey({ appId }: { appId: string }) {
  const [round, setRound] = useState(0);
  return (
    <Form key={round} action={createKeyAction} hidden={{ app_id: appId }}>
      {({ ok, data }) =>
        ok && data ? (
          <div className="grid gap-4">
            <NewSecret name="API key" secret={data.apiKey}>
              Put it where your backend keeps its secrets, such as the variable{" "}
              <code className="font-mono text-[0.8125rem]">FOYER_API_KEY</code>. Never into a browser, an app or a
              repository.
            </NewSecret>
            <Button variant="secondary" className="justify-self-start" onClick={() => setRound(round + 1)}>
              I have copied it
            </Button>
          </div>
        ) : (
          <div className="flex flex-wrap items-start gap-3">
            <div className="min-w-0 flex-1 basis-64 sm:max-w-md">
              <FormField
                label="Name"
                name="name"
                hint="So that you know later who uses it."
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
