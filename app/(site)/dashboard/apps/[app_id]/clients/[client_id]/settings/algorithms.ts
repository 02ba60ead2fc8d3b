/** Choices of signing algorithms. */
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import { CLIENT_SIGNING_ALGS } from "@/lib/oauth/clients/client";

const NOTES: Record<string, string> = {
  RS256: "supported by all libraries",
  ES256: "shorter signatures",
  PS256: "RSA with probabilistic padding",
  EdDSA: "Ed25519",
};

const option = (value: string) => ({ value, label: NOTES[value] ? `${value} (${NOTES[value]})` : value });

/** Algorithms with which Foyer signs. */
export const FOYER_ALGS = SIGNING_ALGS.map(option);

/** Algorithms with which the client signs. */
export const CLIENT_ALGS = [{ value: "", label: "Any supported algorithm" }, ...CLIENT_SIGNING_ALGS.map(option)];
