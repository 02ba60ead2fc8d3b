"use client";

// First card of the playground: creates its client.
import { Card } from "@/app/_ui/card";
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { preparePlaygroundAction } from "./actions";
import type { Flow } from "./flow";
import { newFlowSecrets } from "./playground-state";

type StartCardProps = { appId: string; issuer: string; redirectUri: string; onReady: (flow: Flow) => void };

export function StartCard({ appId, issuer, redirectUri, onReady }: StartCardProps) {
  return (
    <Card title="Create an application for the playground">
      <p className="max-w-prose text-sm text-ink-muted">
        It is named Playground and redirects to this page. Its secret stays in this browser tab. You can delete the
        application at any time. In the first step, sign in as one of your users or sign up as a new user.
      </p>
      <Form
        className="mt-5"
        action={preparePlaygroundAction}
        hidden={{ app_id: appId }}
        onSuccess={async ({ clientId, clientSecret, scopes }) => {
          const scope = scopes.join(" ");
          onReady({ appId, issuer, redirectUri, clientId, clientSecret, scope, ...(await newFlowSecrets()) });
        }}
      >
        <SubmitButton className="justify-self-start">Create application and start</SubmitButton>
      </Form>
    </Card>
  );
}
