/**
 * An authenticator in software: real WebAuthn answers, with a fault where a test wants one. It holds
 * one passkey.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

export type Algorithm = "ES256" | "EdDSA" | "RS256" | "ES384";

const FLAGS = { up: 1, uv: 4, be: 8, bs: 16, at: 64 };

interface CreationOptions {
  challenge: string;
  rp: { id?: string };
  user: { id: string };
}

interface RequestOptions {
  challenge: string;
  rpId?: string;
}

/** What an answer says instead of the truth. */
export interface Faults {
  challenge?: string;
  origin?: string;
  rpId?: string;
  type?: string;
  userVerified?: boolean;
  counter?: number;
  userHandle?: string | null;
  crossOrigin?: boolean;
  authenticatorData?: Buffer;
  attestationObject?: Buffer;
  format?: string;
  statement?: Map<string, unknown>;
  signature?: Buffer;
}

function newKey(algorithm: Algorithm, modulusLength: number): { privateKey: KeyObject; cose: Map<number, unknown> } {
  if (algorithm === "RS256") {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength });
    const { n = "", e = "" } = publicKey.export({ format: "jwk" });
    return {
      privateKey,
      cose: new Map<number, unknown>([
        [1, 3],
        [3, -257],
        [-1, bytes(n)],
        [-2, bytes(e)],
      ]),
    };
  }
  if (algorithm === "EdDSA") {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const { x = "" } = publicKey.export({ format: "jwk" });
    return {
      privateKey,
      cose: new Map<number, unknown>([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, bytes(x)],
      ]),
    };
  }
  const [namedCurve, alg, curve] = algorithm === "ES256" ? ["P-256", -7, 1] : ["P-384", -35, 2];
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: String(namedCurve) });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return {
    privateKey,
    cose: new Map<number, unknown>([
      [1, 2],
      [3, alg],
      [-1, curve],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]),
  };
}

function bytes(base64url: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64url, "base64url"));
}

function sha256(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

export class Authenticator {
  readonly id = randomBytes(32).toString("base64url");
  counter = 0;
  userHandle = "";
  private readonly algorithm: Algorithm;
  private readonly synced: boolean;
  private readonly privateKey: KeyObject;
  private readonly cose: Map<number, unknown>;

  constructor(
    readonly origin: string,
    options: { algorithm?: Algorithm; synced?: boolean; modulusLength?: number; aaguid?: string } = {},
  ) {
    this.algorithm = options.algorithm ?? "ES256";
    this.synced = options.synced ?? false;
    this.aaguid = options.aaguid ?? "00000000-0000-0000-0000-000000000000";
    ({ privateKey: this.privateKey, cose: this.cose } = newKey(this.algorithm, options.modulusLength ?? 2048));
  }

  private readonly aaguid: string;

  private clientData(type: string, challenge: string, faults: Faults): Buffer {
    const { origin = this.origin, crossOrigin = false } = faults;
    const data = { type: faults.type ?? type, challenge: faults.challenge ?? challenge, origin, crossOrigin };
    return Buffer.from(JSON.stringify(data));
  }

  private authenticatorData(rpId: string, faults: Faults, credential: Buffer = Buffer.alloc(0)): Buffer {
    const { up, uv, be, bs, at } = FLAGS;
    const verified = faults.userVerified === false ? 0 : uv;
    const flags = up | verified | (this.synced ? be | bs : 0) | (credential.length > 0 ? at : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(faults.counter ?? this.counter);
    return Buffer.concat([sha256(faults.rpId ?? rpId), Buffer.from([flags]), counter, credential]);
  }

  private signed(data: Buffer, clientData: Buffer): Buffer {
    const hash = this.algorithm === "EdDSA" ? null : this.algorithm === "ES384" ? "sha384" : "sha256";
    return sign(hash, Buffer.concat([data, sha256(clientData)]), this.privateKey);
  }

  /** `navigator.credentials.create()` */
  create(options: CreationOptions, faults: Faults = {}) {
    this.userHandle = options.user.id;
    const clientData = this.clientData("webauthn.create", options.challenge, faults);
    const id = Buffer.from(this.id, "base64url");
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const aaguid = Buffer.from(this.aaguid.replaceAll("-", ""), "hex");
    const key = Buffer.from(isoCBOR.encode(this.cose as never));
    const rpId = options.rp.id ?? new URL(this.origin).hostname;
    const authData = this.authenticatorData(rpId, faults, Buffer.concat([aaguid, length, id, key]));
    const object = new Map<string, unknown>([
      ["fmt", faults.format ?? "none"],
      ["attStmt", faults.statement ?? new Map()],
      ["authData", new Uint8Array(faults.authenticatorData ?? authData)],
    ]);
    const attestation = faults.attestationObject ?? Buffer.from(isoCBOR.encode(object as never));
    return {
      ...this.credential(),
      response: {
        clientDataJSON: clientData.toString("base64url"),
        attestationObject: attestation.toString("base64url"),
        transports: ["internal", "hybrid"],
      },
    };
  }

  /** `navigator.credentials.get()`. A device-bound passkey counts. */
  get(options: RequestOptions, faults: Faults = {}) {
    if (!this.synced) this.counter++;
    const clientData = this.clientData("webauthn.get", options.challenge, faults);
    const rpId = options.rpId ?? new URL(this.origin).hostname;
    const authData = faults.authenticatorData ?? this.authenticatorData(rpId, faults);
    const handle = faults.userHandle === undefined ? this.userHandle : faults.userHandle;
    return {
      ...this.credential(),
      response: {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: (faults.signature ?? this.signed(authData, clientData)).toString("base64url"),
        ...(handle !== null && { userHandle: handle }),
      },
    };
  }

  private credential() {
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key" as const,
      clientExtensionResults: {},
      authenticatorAttachment: "platform",
    };
  }
}
