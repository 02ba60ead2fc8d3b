/** Decisions of the authorization endpoint (OIDC Core §3.1.2.1, §3.1.2.3, §3.1.2.4; RFC 8252 §8.6). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repetitions } from "@/test/support/repetitions";
import type { Client } from "../clients/clients";
import { type ConsentFacts, decide, type Progress, type SessionFacts } from "./decide";
import type { AuthorizeRequest, Prompt } from "./request";
import type { StepUp } from "./step-up";

const NOW = new Date("2026-03-01T12:00:00Z");
const ARRIVED = new Date(NOW.getTime() - 10_000);
const USER = "usr_bob";

const secondsAgo = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

interface Case {
  prompt?: string;
  maxAge?: number;
  scopes?: string[];
  firstParty?: boolean;
  public?: boolean;
  redirectUri?: string;
  expected?: string;
  /** Seconds since the user signed in; null if no user is signed in. */
  signedIn?: number | null;
  consent?: ConsentFacts | null;
  done?: (Prompt | "enroll")[];
  /** Whether the session has the requested acr; otherwise how the user can reach it. */
  strong?: boolean;
  stepUp?: StepUp | null;
  essential?: boolean;
}

const ALL: ConsentFacts = { scopes: ["openid", "photos"], declinedScopes: [] };

function decideCase(given: Case) {
  const { signedIn = 3600, consent = ALL } = given;
  const request = {
    client: { first_party: given.firstParty ?? false, public: given.public ?? false } as Client,
    redirectUri: given.redirectUri ?? "https://photos.example/cb",
    consentScopes: given.scopes ?? ["openid", "photos"],
    prompts: (given.prompt ?? "").split(" ").filter(Boolean) as Prompt[],
    maxAgeSeconds: given.maxAge ?? null,
    acr: { values: ["2"], essential: given.essential ?? false },
  } as AuthorizeRequest;
  const session: SessionFacts | null =
    signedIn === null
      ? null
      : {
          isExpected: (given.expected ?? USER) === USER,
          authTime: secondsAgo(signedIn),
          isStrongEnough: given.strong ?? true,
          stepUp: given.stepUp ?? null,
        };
  const progress: Progress = { since: ARRIVED, promptsDone: given.done ?? [] };
  return decide({ request, session, consent: session && consent, progress, now: NOW });
}

function outcome(given: Case): string {
  const decision = decideCase(given);
  return decision.type === "fail" ? decision.code : decision.type;
}

const NONE: ConsentFacts | null = null;
const NARROW: ConsentFacts = { scopes: ["openid"], declinedScopes: [] };
const DECLINED: ConsentFacts = { scopes: ["openid"], declinedScopes: ["photos"] };
const LOOPBACK = "http://127.0.0.1:5000/cb";
const USE: StepUp = { acr: "2", needs: { type: "use", methods: ["totp"] } };
const ENROLL: StepUp = { acr: "2", needs: { type: "enroll", methods: ["totp"] } };
/** A sign-in after the request arrived. */
const FRESH = 5;

describe.each<[string, [string, Case][]]>([
  [
    "the decision if the session is weaker than the requested acr",
    [
      ["step_up", { strong: false, stepUp: USE }],
      ["step_up", { strong: false, stepUp: USE, consent: null }],
      ["step_up", { strong: false, stepUp: ENROLL }],
      ["step_up", { strong: false, stepUp: ENROLL, essential: true }],
      ["sign_in", { strong: false, stepUp: USE, signedIn: null }],
      ["sign_in", { strong: false, stepUp: USE, prompt: "login" }],
      // A wish that can't be met, or that the user declined, is dropped.
      ["issue", { strong: false }],
      ["issue", { strong: false, stepUp: ENROLL, done: ["enroll"] }],
      ["issue", { strong: false, stepUp: USE, prompt: "none" }],
      // Having a factor, the user can't decline to use it.
      ["step_up", { strong: false, stepUp: USE, done: ["enroll"] }],
      // A requirement ends the request.
      ["unmet_authentication_requirements", { strong: false, essential: true }],
      ["unmet_authentication_requirements", { strong: false, stepUp: ENROLL, essential: true, done: ["enroll"] }],
      ["unmet_authentication_requirements", { strong: false, essential: true, prompt: "none" }],
      ["interaction_required", { strong: false, stepUp: USE, essential: true, prompt: "none" }],
    ],
  ],
  [
    "the decision if no user is signed in",
    [
      ["sign_in", { signedIn: null }],
      ["sign_in", { signedIn: null, firstParty: true }],
      ["login_required", { signedIn: null, prompt: "none" }],
      ["sign_in", { signedIn: null, prompt: "login" }],
      ["sign_in", { signedIn: null, prompt: "consent" }],
      ["sign_in", { signedIn: null, prompt: "select_account" }],
      ["sign_up", { signedIn: null, prompt: "create" }],
      ["sign_in", { signedIn: null, maxAge: 0 }],
      ["sign_in", { signedIn: null, done: ["consent"] }],
    ],
  ],
  [
    "the decision if the user signed in before the request and the consent covers it",
    [
      ["issue", {}],
      ["issue", { prompt: "none" }],
      ["issue", { scopes: ["openid"] }],
      ["sign_in", { prompt: "login" }],
      ["consent", { prompt: "consent" }],
      ["sign_in", { prompt: "login consent" }],
      ["select_account", { prompt: "select_account" }],
      ["sign_up", { prompt: "create" }],
      ["issue", { prompt: "select_account", done: ["select_account"] }],
      ["issue", { prompt: "consent", done: ["consent"] }],
    ],
  ],
  [
    "the decision with max_age",
    [
      ["issue", { maxAge: 3600 }],
      ["issue", { maxAge: 3601 }],
      ["sign_in", { maxAge: 3599 }],
      ["sign_in", { maxAge: 0 }],
      ["login_required", { maxAge: 0, prompt: "none" }],
      ["login_required", { maxAge: 3599, prompt: "none" }],
      ["issue", { maxAge: 3600, prompt: "none" }],
    ],
  ],
  [
    "the decision after a new sign-in for the same request, which does not loop",
    [
      ["issue", { signedIn: FRESH }],
      ["issue", { signedIn: FRESH, prompt: "login" }],
      ["issue", { signedIn: FRESH, maxAge: 0 }],
      ["issue", { signedIn: FRESH, prompt: "login", maxAge: 0 }],
      ["issue", { signedIn: FRESH, prompt: "select_account" }],
      ["issue", { signedIn: FRESH, prompt: "create" }],
      ["consent", { signedIn: FRESH, prompt: "login consent" }],
      ["issue", { signedIn: FRESH, prompt: "login consent", done: ["consent"] }],
    ],
  ],
  [
    "the decision about consent",
    [
      ["consent", { consent: NONE }],
      ["consent", { consent: NARROW }],
      ["issue", { consent: NARROW, scopes: ["openid"] }],
      ["issue", { consent: DECLINED }],
      ["consent", { consent: DECLINED, prompt: "consent" }],
      ["consent_required", { consent: NONE, prompt: "none" }],
      ["consent_required", { consent: NARROW, prompt: "none" }],
      ["issue", { consent: DECLINED, prompt: "none" }],
      // "Done" without a consent of this user was the answer of another user.
      ["consent", { consent: NONE, done: ["consent"] }],
    ],
  ],
  [
    "the decision for a first-party client",
    [
      ["issue", { firstParty: true, consent: NONE }],
      ["issue", { firstParty: true, consent: NONE, prompt: "none" }],
      ["consent", { firstParty: true, consent: NONE, prompt: "consent" }],
      ["sign_in", { firstParty: true, prompt: "login" }],
    ],
  ],
  [
    "the decision for a public client's loopback or custom-scheme redirect URI, which needs consent each time (RFC 8252 §8.6)",
    [
      ["consent", { public: true, redirectUri: LOOPBACK }],
      ["consent", { public: true, redirectUri: "com.example.app:/cb" }],
      ["consent_required", { public: true, redirectUri: LOOPBACK, prompt: "none" }],
      ["issue", { public: true, redirectUri: LOOPBACK, done: ["consent"] }],
      ["issue", { public: true }],
      ["issue", { public: true, firstParty: true, redirectUri: LOOPBACK }],
    ],
  ],
  [
    "the decision for such a redirect URI of a client with a secret, which is asked once",
    [
      ["issue", { redirectUri: LOOPBACK }],
      ["issue", { redirectUri: "http://localhost:3000/cb", prompt: "none" }],
      ["issue", { redirectUri: "com.example.app:/cb" }],
      ["consent", { redirectUri: LOOPBACK, consent: NONE }],
      ["consent", { redirectUri: LOOPBACK, consent: NARROW }],
    ],
  ],
  [
    "the decision if id_token_hint names the expected user",
    [
      ["issue", { expected: USER }],
      ["issue", { expected: USER, prompt: "none" }],
      ["sign_in", { expected: "usr_carol" }],
      ["login_required", { expected: "usr_carol", prompt: "none" }],
      // A new sign-in as another user gets an error, not another sign-in page.
      ["login_required", { expected: "usr_carol", signedIn: FRESH }],
      ["sign_in", { expected: "usr_carol", signedIn: null }],
    ],
  ],
])("%s", (_, cases) => {
  it.each(cases)("is %s for %j", (expected, given) => expect(outcome(given)).toBe(expected));
});

it("asks for consent when a requested scope is new", () => {
  expect(decideCase({ consent: NARROW })).toEqual({ type: "consent" });
});

it.each<[RegExp, Case]>([
  [/^No user is signed in in this browser/, { signedIn: null }],
  [/^The last sign-in of the user is older than max_age\./, { maxAge: 60 }],
  [/^The user who signed in is not the one that the request expects\./, { expected: "usr_carol" }],
  [/^The user has not consented to this client\./, { consent: NONE }],
  [/^The user has not consented to photos\./, { consent: NARROW }],
  [/^A public client with a loopback or custom-scheme redirect URI needs/, { public: true, redirectUri: LOOPBACK }],
])("prompt=none fails with the reason %s for %j", (reason, given) => {
  expect(decideCase({ ...given, prompt: "none" })).toMatchObject({
    type: "fail",
    description: expect.stringMatching(new RegExp(`${reason.source}.*Send the request without prompt=none$`)),
  });
});

const anyCase: fc.Arbitrary<Case> = fc.record({
  prompt: fc.constantFrom(
    "",
    "none",
    "login",
    "consent",
    "select_account",
    "create",
    "login consent",
    "select_account consent",
  ),
  maxAge: fc.constantFrom(undefined, 0, 60, 3600, 999_999),
  firstParty: fc.boolean(),
  public: fc.boolean(),
  redirectUri: fc.constantFrom("https://photos.example/cb", LOOPBACK),
  expected: fc.constantFrom(undefined, USER, "usr_carol"),
  signedIn: fc.constantFrom(null, FRESH, 30, 3600, 100_000),
  consent: fc.constantFrom(NONE, NARROW, DECLINED, ALL),
  done: fc.subarray<Prompt>(["consent", "select_account"]),
}) as fc.Arbitrary<Case>;

it("prompt=none never shows a page (property)", () => {
  fc.assert(
    fc.property(anyCase, (given) => {
      expect(["issue", "login_required", "consent_required"]).toContain(outcome({ ...given, prompt: "none" }));
    }),
  );
});

it("a code is never issued without a session, for the wrong user, or without consent (property)", () => {
  fc.assert(
    fc.property(anyCase, (given) => {
      if (outcome(given) !== "issue") return;
      expect(given.signedIn).not.toBeNull();
      expect(given.expected ?? USER).toBe(USER);
      if (!given.firstParty) expect(given.consent).not.toBeNull();
    }),
    { numRuns: repetitions(2000) },
  );
});

it("every prompt can be completed, and the prompts end (property)", () => {
  fc.assert(
    fc.property(anyCase, (start) => {
      let given = start;
      for (let step = 0; step < 4; step++) {
        const asked = outcome(given);
        if (asked === "sign_in" || asked === "sign_up") given = { ...given, signedIn: FRESH, done: [] };
        else if (asked === "select_account") given = { ...given, done: [...(given.done ?? []), "select_account"] };
        else if (asked === "consent") given = { ...given, consent: ALL, done: [...(given.done ?? []), "consent"] };
        else return;
      }
      expect.fail(`still ${outcome(given)} for ${JSON.stringify(start)}`);
    }),
    { numRuns: repetitions(2000) },
  );
});
