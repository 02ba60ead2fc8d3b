"use client";

import { useState } from "react";
import { Badge } from "@/app/_ui/badge";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { CodeTabs } from "@/app/_ui/code-tabs";
import { Field } from "@/app/_ui/field";
import { Form } from "@/app/_ui/form";
import { IdChip } from "@/app/_ui/id-chip";
import { Skeleton } from "@/app/_ui/skeleton";
import { SubmitButton } from "@/app/_ui/submit-button";
import { preparePlaygroundAction } from "./actions";
import { EMPTY_STATE, type Exchange, newSecrets, type PlaygroundState, usePlayground } from "./playground-state";
import { authorizeUrl, decodeJwt, type Flow, STEPS, type Step, toCurl, toHttp, toTypeScript } from "./steps";

type PlaygroundProps = { appId: string; issuer: string; redirectUri: string };

export function Playground(props: PlaygroundProps) {
  const { game, keep, run } = usePlayground(props.appId);
  if (!game) return <Skeleton className="h-64" />;
  if (!game.playing) return <StartCard {...props} onReady={(playing) => keep({ playing, exchanges: {} })} />;
  const { playing, exchanges } = game;
  return (
    <div className="grid gap-6">
      <RequestCard
        playing={playing}
        onChange={(changed) => keep({ ...game, playing: changed })}
        onEnd={() => keep(EMPTY_STATE)}
      />
      <ol className="grid gap-6">
        {STEPS.map((step, index) => (
          <li key={step.id}>
            <StepCard
              step={step}
              number={index + 1}
              playing={playing}
              exchange={exchanges[step.id]}
              onRun={() => (step.id === "authorize" ? startAuthorization(playing, keep) : run(step.id))}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Off to the sign-in, with secrets of its own for each time. */
async function startAuthorization(playing: Flow, keep: (game: PlaygroundState) => void): Promise<void> {
  const fresh = {
    ...playing,
    ...(await newSecrets()),
    code: undefined,
    accessToken: undefined,
    refreshToken: undefined,
  };
  keep({ playing: fresh, exchanges: {} });
  window.location.assign(authorizeUrl(fresh));
}

function StartCard({ appId, issuer, redirectUri, onReady }: PlaygroundProps & { onReady: (playing: Flow) => void }) {
  return (
    <Card title="A client to play with">
      <p className="max-w-prose text-sm text-ink-muted">
        It is called Playground, has a secret that stays in this tab, and comes back to this page. You can delete it
        like any other client. Sign in as one of your users, or sign up as a new one.
      </p>
      <Form
        className="mt-5"
        action={preparePlaygroundAction}
        hidden={{ app_id: appId }}
        onSuccess={async ({ clientId, clientSecret, scopes }) => {
          const scope = scopes.join(" ");
          onReady({ appId, issuer, redirectUri, clientId, clientSecret, scope, ...(await newSecrets()) });
        }}
      >
        <SubmitButton className="justify-self-start">Make the client and begin</SubmitButton>
      </Form>
    </Card>
  );
}

type RequestCardProps = { playing: Flow; onChange: (playing: Flow) => void; onEnd: () => void };

function RequestCard({ playing, onChange, onEnd }: RequestCardProps) {
  return (
    <Card
      title="The request"
      actions={
        <Button variant="quiet" size="sm" onClick={onEnd}>
          Begin anew
        </Button>
      }
    >
      <div className="grid gap-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
          <span className="text-ink-muted">Client</span>
          <IdChip id={playing.clientId} what="the client id" />
        </div>
        <Field
          label="Scopes"
          name="scope"
          hint="Separated by spaces. Take some out to see what Bob's consent and the tokens are then."
          value={playing.scope}
          onChange={(event) => onChange({ ...playing, scope: event.target.value })}
          spellCheck={false}
          autoComplete="off"
        />
      </div>
    </Card>
  );
}

type StepCardProps = { step: Step; number: number; playing: Flow; exchange?: Exchange; onRun: () => Promise<void> };

function StepCard({ step, number, playing, exchange, onRun }: StepCardProps) {
  const [busy, setBusy] = useState(false);
  const ready = step.needs(playing);
  const request = exchange?.request ?? (ready ? step.request(playing) : null);
  async function press() {
    setBusy(true);
    await onRun();
    setBusy(false);
  }
  return (
    <Card
      title={`${number}. ${step.title}`}
      description={step.about}
      actions={
        <div className="flex items-center gap-3">
          {exchange && <Status status={exchange.status} />}
          <Button
            size="sm"
            variant={ready && !exchange ? "primary" : "secondary"}
            disabled={!ready || busy}
            onClick={press}
            aria-label={`${step.id === "authorize" ? "Go to" : "Send"}: ${step.title}`}
          >
            {step.id === "authorize" ? "Go" : "Send"}
          </Button>
        </div>
      }
    >
      {request ? (
        <div className="grid gap-4">
          <CodeTabs
            title={`${step.title}: request`}
            tabs={[
              { label: "Request", code: toHttp(request) },
              { label: "curl", code: toCurl(request) },
              { label: "TypeScript", code: toTypeScript(request) },
            ]}
          />
          {exchange && <ResponseTabs title={step.title} body={exchange.body} />}
        </div>
      ) : (
        <p className="text-sm text-ink-muted">Waits for the steps above.</p>
      )}
    </Card>
  );
}

function Status({ status }: { status: number }) {
  const good = status >= 200 && status < 400;
  return (
    <span role="status">
      <Badge tone={good ? "success" : "danger"}>{status === 0 ? "No answer" : status}</Badge>
    </span>
  );
}

function ResponseTabs({ title, body }: { title: string; body: unknown }) {
  const show = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
  const members = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const tokens = ["access_token", "id_token"].flatMap((name) => {
    const decoded = decodeJwt(members[name]);
    return decoded ? [{ label: name, code: show(decoded) }] : [];
  });
  return <CodeTabs title={`${title}: answer`} tabs={[{ label: "Answer", code: show(body) || "(empty)" }, ...tokens]} />;
}
