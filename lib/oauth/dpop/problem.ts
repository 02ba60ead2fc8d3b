/** The rejection of a DPoP proof (RFC 9449 §5). */
import { oauthFail } from "../errors";

/** @param problem continues "The DPoP proof …" */
export function rejectProof(problem: string, section = "RFC 9449 §4.3"): never {
  oauthFail("invalid_dpop_proof", `The DPoP proof ${problem}`, { section });
}
