/** Client secrets: 256 random bits, stored as SHA-256, shown once; two may live at once, so that one is replaced without downtime. */
import { now } from "../../clock";
import { sha256 } from "../../crypto/hash";
import { newSecretToken, visiblePrefix } from "../../crypto/secret-token";
import { newId } from "../../ids";

export const LIVE_SECRETS = 2;

export function newClientSecretRow(appId: string, clientId: string) {
  const secret = newSecretToken("foyer_cs", appId);
  const row = {
    appId,
    id: newId("sec"),
    clientId,
    prefix: visiblePrefix(secret),
    hash: sha256(secret),
    createdAt: now(),
  };
  return { secret, row };
}
