"use client";

// State of the playground, kept in the session storage while the browser visits the sign-in page.
import { useEffect, useState } from "react";
import { applyResponse, type Flow, STEPS, type StepRequest } from "./steps";

export interface Exchange {
  /** The request as it was sent: later steps change the flow. */
  request: StepRequest;
  status: number;
  body: unknown;
}

export interface PlaygroundState {
  flow: Flow | null;
  /** Step ID → its latest exchange. */
  exchanges: Record<string, Exchange>;
}

export const EMPTY_STATE: PlaygroundState = { flow: null, exchanges: {} };

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function randomSecret(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** PKCE verifier and challenge (RFC 7636 §4.1, §4.2), state and nonce. */
export async function newFlowSecrets() {
  const verifier = randomSecret();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(digest)), state: randomSecret(), nonce: randomSecret() };
}

/** Reads the authorization response from the URL, if there is one (RFC 6749 §4.1.2, RFC 9207). */
function readAuthorizationResponse(stored: PlaygroundState): PlaygroundState {
  const response = Object.fromEntries(new URLSearchParams(window.location.search));
  const { flow } = stored;
  if (!flow || (!response.code && !response.error)) return stored;
  window.history.replaceState(null, "", window.location.pathname);
  const isGenuine = response.state === flow.state && response.iss === flow.issuer;
  const body = isGenuine
    ? response
    : { error: "The state or iss parameter doesn’t match the request. The response was ignored." };
  const request = STEPS[0]?.request(flow) ?? { method: "GET" as const, url: "", headers: {} };
  const exchanges = { authorize: { request, status: isGenuine && response.code ? 303 : 400, body } };
  return { flow: { ...flow, code: isGenuine ? response.code : undefined }, exchanges };
}

async function send({ method, url, headers, form }: StepRequest): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(url, { method, headers, body: form && new URLSearchParams(form) });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch {
    return { status: 0, body: "The server didn’t respond." };
  }
}

export function usePlayground(appId: string) {
  const key = `foyer-playground-${appId}`;
  const [state, setState] = useState<PlaygroundState | null>(null);

  useEffect(() => {
    const stored = sessionStorage.getItem(key);
    const initial = readAuthorizationResponse(stored ? (JSON.parse(stored) as PlaygroundState) : EMPTY_STATE);
    sessionStorage.setItem(key, JSON.stringify(initial));
    setState(initial);
  }, [key]);

  /** Stores the state immediately, since the browser may be about to leave the page. */
  function save(next: PlaygroundState): void {
    sessionStorage.setItem(key, JSON.stringify(next));
    setState(next);
  }

  async function runStep(stepId: string): Promise<void> {
    const step = STEPS.find(({ id }) => id === stepId);
    if (!step || !state?.flow) return;
    const request = step.request(state.flow);
    const { status, body } = await send(request);
    save({
      flow: applyResponse(state.flow, stepId, status, body),
      exchanges: { ...state.exchanges, [stepId]: { request, status, body } },
    });
  }

  return { state, save, runStep };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
