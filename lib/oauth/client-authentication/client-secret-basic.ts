/** `client_secret_basic`: the client ID and secret in the Authorization header (RFC 6749 §2.3.1). */
import { proveSecret } from "./client-secret";
import { type AuthenticationMethod, failClient, type Presented } from "./method";

/** RFC 6749 §2.3.1: the client form-encodes the ID and the secret before it joins them. */
function decodeFormComponent(text: string): string {
  return decodeURIComponent(text.replace(/\+/g, " "));
}

function readBasic(header: string): Presented {
  try {
    const text = Buffer.from(header.replace(/^Basic +/i, ""), "base64").toString("utf8");
    const colon = text.indexOf(":");
    if (colon < 1)
      return failClient("The Authorization header must be Basic with the base64 of client_id:client_secret");
    return {
      clientId: decodeFormComponent(text.slice(0, colon)),
      secret: decodeFormComponent(text.slice(colon + 1)),
      assertion: null,
    };
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return failClient(
      "The Authorization header is malformed. Form-encode client_id and client_secret before joining them",
    );
  }
}

export const clientSecretBasic: AuthenticationMethod<"client_secret_basic"> = {
  name: "client_secret_basic",
  confidential: true,
  mustBeNamed: false,
  isUsed: ({ authorization }) => authorization !== null && /^Basic /i.test(authorization),
  read: ({ authorization }) => readBasic(authorization ?? ""),
  prove: proveSecret,
};
