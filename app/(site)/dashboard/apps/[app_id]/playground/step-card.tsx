"use client";

// One step of the playground: its request as code, and the response with decoded tokens.
import { useState } from "react";
import { Badge } from "@/app/_ui/badge";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { CodeTabs } from "@/app/_ui/code-tabs";
import { decodeJwt } from "./decode-jwt";
import type { Flow, StepRequest } from "./flow";
import type { Exchange } from "./playground-state";
import { toCurl, toHttp, toTypeScript } from "./request-formats";
import type { Step } from "./steps";

type StepCardProps = { step: Step; number: number; flow: Flow; exchange?: Exchange; onRun: () => Promise<void> };

export function StepCard({ step, number, flow, exchange, onRun }: StepCardProps) {
  const [isRunning, setRunning] = useState(false);
  const isReady = step.isReady(flow);
  const request = exchange?.request ?? (isReady ? step.request(flow) : null);
  const label = step.opens ? "Open page" : "Send request";
  async function run() {
    setRunning(true);
    await onRun();
    setRunning(false);
  }
  const actions = (
    <div className="flex items-center gap-3">
      {exchange && <Status status={exchange.status} />}
      <Button
        size="sm"
        variant={isReady && !exchange ? "primary" : "secondary"}
        disabled={!isReady || isRunning}
        onClick={run}
        aria-label={`${label}: ${step.title}`}
      >
        {label}
      </Button>
    </div>
  );
  return (
    <Card title={`${number}. ${step.title}`} description={step.description} actions={actions}>
      {request ? (
        <div className="grid gap-4">
          <RequestTabs title={step.title} request={request} />
          {exchange && <ResponseTabs title={step.title} body={exchange.body} />}
        </div>
      ) : (
        <p className="text-sm text-ink-muted">Complete the previous steps first.</p>
      )}
    </Card>
  );
}

function Status({ status }: { status: number }) {
  const isSuccess = status >= 200 && status < 400;
  return (
    <span role="status">
      <Badge tone={isSuccess ? "success" : "danger"}>{status === 0 ? "No response" : status}</Badge>
    </span>
  );
}

function RequestTabs({ title, request }: { title: string; request: StepRequest }) {
  const tabs = [
    { label: "Request", code: toHttp(request) },
    { label: "curl", code: toCurl(request) },
    { label: "TypeScript", code: toTypeScript(request) },
  ];
  return <CodeTabs title={`${title}: request`} tabs={tabs} />;
}

function ResponseTabs({ title, body }: { title: string; body: unknown }) {
  const format = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
  const members = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const tokens = ["access_token", "id_token"].flatMap((name) => {
    const decoded = decodeJwt(members[name]);
    return decoded ? [{ label: name, code: format(decoded) }] : [];
  });
  const tabs = [{ label: "Response", code: format(body) || "(empty)" }, ...tokens];
  return <CodeTabs title={`${title}: response`} tabs={tabs} />;
}
