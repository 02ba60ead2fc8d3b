"use client";

// What the playground knows, kept in this tab: the browser leaves for the sign-in and comes back.
import { useEffect, useState } from "react";
import { applyResponse, type Flow, STEPS } from "./steps";

export interface Exchange {
  /** As it was sent: later steps change what is known. */
  request: ReturnType<(typeof STEPS)[number]["request"]>;
  status: number;
  body: unknown;
}

export interface PlaygroundState {
  playing: Flow | null;
  exchanges: Record<string, Exchange>;
}

export const EMPTY_STATE: PlaygroundState = { playing: null, exchanges: {} };

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** RFC 7636 §4.1, §4.2 */
export async function newSecrets() {
  const verifier = random();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(digest)), state: random(), nonce: random() };
}

/** The answer to the authorization request, if the address bar holds one (RFC 6749 §4.1.2, RFC 9207). */
function readAuthorizationResponse(game: PlaygroundState): PlaygroundState {
  const answer = Object.fromEntries(new URLSearchParams(window.location.search));
  if (!game.playing || (!answer.code && !answer.error)) return game;
  window.history.replaceState(null, "", window.location.pathname);
  const { playing } = game;
  const genuine = answer.state === playing.state && answer.iss === playing.issuer;
  const body = genuine ? answer : { error: "state or iss is not what was sent: this answer is not taken" };
  const request = STEPS[0]?.request(playing) ?? { method: "GET" as const, url: "", headers: {} };
  const exchanges = { authorize: { request, status: genuine && answer.code ? 303 : 400, body } };
  return { playing: { ...playing, code: genuine ? answer.code : undefined }, exchanges };
}

export function usePlayground(appId: string) {
  const key = `foyer-playground-${appId}`;
  const [game, setGame] = useState<PlaygroundState | null>(null);

  useEffect(() => {
    const kept = sessionStorage.getItem(key);
    const taken = readAuthorizationResponse(kept ? (JSON.parse(kept) as PlaygroundState) : EMPTY_STATE);
    sessionStorage.setItem(key, JSON.stringify(taken));
    setGame(taken);
  }, [key]);

  /** Kept at once: the browser may be about to leave. */
  function keep(next: PlaygroundState): void {
    sessionStorage.setItem(key, JSON.stringify(next));
    setGame(next);
  }

  async function run(stepId: string): Promise<void> {
    const step = STEPS.find(({ id }) => id === stepId);
    const playing = game?.playing;
    if (!step || !playing) return;
    const request = step.request(playing);
    const { method, url, headers, form } = request;
    const body = form && new URLSearchParams(form);
    const { status, answer } = await fetch(url, { method, headers, body })
      .then(async (response) => ({ status: response.status, answer: await response.text() }))
      .catch(() => ({ status: 0, answer: "The server did not answer." }));
    const read = parse(answer);
    keep({
      playing: applyResponse(playing, stepId, status, read),
      exchanges: { ...game.exchanges, [stepId]: { request, status, body: read } },
    });
  }

  return { game, keep, run };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
