"use client";

// State of the playground, kept in the session storage while the browser visits the sign-in page.
import { useEffect, useState } from "react";
import { base64url, dpopProof } from "./dpop";
import type { Flow, StepRequest } from "./flow";
import { applyResponse, stepsOf, takesProof } from "./steps";

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
  const step = stepsOf(flow).find(({ id }) => id === "authorize");
  const request = step?.request(flow) ?? { method: "GET" as const, url: "", headers: {} };
  const authorize = { request, status: isGenuine && response.code ? 303 : 400, body };
  const { par } = stored.exchanges;
  return {
    flow: { ...flow, code: isGenuine ? response.code : undefined },
    exchanges: { ...(par && { par }), authorize },
  };
}

type Sent = { request: StepRequest; status: number; body: unknown; nonce: string | null };

async function send(request: StepRequest): Promise<Sent> {
  const { method, url, headers, form } = request;
  try {
    const response = await fetch(url, { method, headers, body: form && new URLSearchParams(form) });
    const nonce = response.headers.get("DPoP-Nonce");
    return { request, status: response.status, body: parseJson(await response.text()), nonce };
  } catch {
    return { request, status: 0, body: "The server didn’t respond.", nonce: null };
  }
}

/** Signs the request. If the server wants its nonce in the proof, sends it again with it (RFC 9449 §8). */
async function sendSigned(request: StepRequest, key: JsonWebKey): Promise<Sent> {
  const signed = async (nonce?: string) => {
    const proof = await dpopProof(key, request, nonce);
    return send({ ...request, headers: { ...request.headers, DPoP: proof } });
  };
  const first = await signed();
  const wantsNonce = first.nonce && JSON.stringify(first.body).includes("use_dpop_nonce");
  return wantsNonce ? signed(first.nonce ?? undefined) : first;
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
    if (!state?.flow) return;
    const step = stepsOf(state.flow).find(({ id }) => id === stepId);
    if (!step) return;
    // A pushed request belongs to one start of the flow.
    const flow = stepId === "par" ? { ...state.flow, ...(await newFlowSecrets()) } : state.flow;
    const unsigned = step.request(flow);
    const isSigned = flow.dpopKey && takesProof(step);
    const { request, status, body } = isSigned ? await sendSigned(unsigned, flow.dpopKey ?? {}) : await send(unsigned);
    save({
      flow: applyResponse(flow, stepId, status, body),
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
