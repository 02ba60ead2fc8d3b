"use client";

// Creates a client secret and shows it once.
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Form } from "@/app/_ui/form";
import { NewSecret } from "@/app/_ui/new-secret";
import { SubmitButton } from "@/app/_ui/submit-button";
import { rotateSecretAction } from "../actions";

type RotateSecretProps = {
  hidden: Record<string, string>;
  /** The client has the maximum number of active secrets. */
  isFull: boolean;
};

export function RotateSecret({ hidden, isFull }: RotateSecretProps) {
  const [version, setVersion] = useState(0);
  return (
    <Form key={version} action={rotateSecretAction} hidden={hidden}>
      {({ ok, data }) => {
        if (ok && data)
          return (
            <div className="grid gap-4">
              <NewSecret name="client secret" secret={data.clientSecret}>
                Store it in the application’s backend, never in a browser, a mobile application or a repository.
              </NewSecret>
              <Button variant="secondary" className="justify-self-start" onClick={() => setVersion(version + 1)}>
                I’ve copied the secret
              </Button>
            </div>
          );
        // A third secret would revoke the oldest one, which may be in use.
        if (isFull) return <p className="text-sm text-ink-muted">To create another secret, revoke one first.</p>;
        return (
          <SubmitButton variant="secondary" className="justify-self-start">
            Create secret
          </SubmitButton>
        );
      }}
    </Form>
  );
}
