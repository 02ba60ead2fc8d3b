/** Solves a proof of work (ALTCHA) with the browser's own cryptography, outside the page's thread. */
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";

/** WebCrypto computes in threads of its own: so many attempts run at once. */
const AT_ONCE = 4;

export async function solve(url: string): Promise<string> {
  const response = await fetch(url, { cache: "no-store" });
  if (!response.ok) throw new Error(`no challenge: ${response.status}`);
  const challenge = await response.json();
  const controller = new AbortController();
  const searches = Array.from({ length: AT_ONCE }, async (_, counterStart) => {
    const options = { challenge, deriveKey, controller, counterStart, counterStep: AT_ONCE };
    return (await solveChallenge(options)) ?? Promise.reject(new Error("no solution"));
  });
  try {
    const { counter, derivedKey } = await Promise.any(searches);
    return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
  } finally {
    controller.abort();
  }
}
